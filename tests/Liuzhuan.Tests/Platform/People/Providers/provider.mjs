// A real provider of identities (the npm package oidc-provider) in memory. Says its port, takes one line of JSON (clients, people, claims), says "ready".
// It ends with the test: when its input is closed.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import Provider from 'oidc-provider';

const server = createServer();
server.listen(0, '127.0.0.1', () => console.log(`listening ${server.address().port}`));
createInterface({ input: process.stdin }).on('line', (line) => begin(JSON.parse(line))).on('close', () => process.exit(0));

function key(kid, alg, type, options) {
  return { ...generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' }), kid, alg, use: 'sig' };
}

function begin({ clients, people, claims }) {
  const scopes = ['openid', ...Object.keys(claims)];
  const provider = new Provider(`http://127.0.0.1:${server.address().port}`, {
    clients,
    claims,
    scopes,
    jwks: {
      keys: [
        key('curve', 'ES256', 'ec', { namedCurve: 'P-256' }),
        key('rsa', 'RS256', 'rsa', { modulusLength: 2048 }),
        key('pss', 'PS256', 'rsa', { modulusLength: 2048 }),
      ],
    },
    cookies: { keys: ['only for tests'] },
    enabledJWA: { idTokenSigningAlgValues: ['ES256', 'RS256', 'PS256'] },
    features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
    // Nobody is asked to consent.
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope(scopes.join(' '));
      await grant.save();
      return grant;
    },
  });
  server.on('request', provider.callback());
  console.log('ready');
}
