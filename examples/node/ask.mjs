// Asks one question of a Liuzhuan service and checks everything about the answer: its signature, and its receipt in the ledger.
// Needs Node 20 or later and no packages.
//
//   node examples/node/ask.mjs --server http://localhost:5080 --client demo-agency --key KEY.pem QUESTION.json
//
// --key is the client's private key (P-256, PKCS#8 PEM), whose public half is registered with "liuzhuan agency".
import { createHash, createPrivateKey, createPublicKey, randomBytes, randomUUID, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { server: { type: 'string', default: 'http://localhost:5080' }, client: { type: 'string' }, key: { type: 'string' } },
});
if (!options.client || !options.key || positionals.length !== 1) {
  console.error('usage: node ask.mjs --server URL --client ID --key KEY.pem QUESTION.json');
  process.exit(2);
}

const privateKey = createPrivateKey(readFileSync(options.key));
const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
const keyId = sha256(`{"crv":"${jwk.crv}","kty":"${jwk.kty}","x":"${jwk.x}","y":"${jwk.y}"}`).toString('base64url'); // RFC 7638

const token = await getToken();
const question = Buffer.from(readFileSync(positionals[0]));
const { response, body } = await post('/api/questions', question, token);
const answer = JSON.parse(body);
if (!response.ok) {
  console.error(`${answer.code}: ${answer.detail}`);
  process.exit(2);
}

await checkReceipt(answer, question);
for (const fact of answer.answer.facts) {
  console.log(`${fact.fact}: ${fact.verdict} ${[...fact.differing, ...fact.notes].join(' ')} (as of ${fact.asOf})`);
}
console.log(`Signed by the service; entry ${answer.receipt.position} of the ledger ${answer.receipt.ledger}, proved by its checkpoint.`);

// OAuth 2 client credentials with a private_key_jwt (RFC 7523). The token is bound to the same key.
async function getToken() {
  const now = Math.floor(Date.now() / 1000);
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: options.client, sub: options.client, aud: `${options.server}/oauth/token`, iat: now, exp: now + 60, jti: randomUUID() };
  const text = `${part({ alg: 'ES256', typ: 'JWT', kid: keyId })}.${part(claims)}`;
  const assertion = `${text}.${signBytes(text).toString('base64url')}`;
  const response = await fetch(`${options.server}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    }),
  });
  const reply = await response.json();
  if (!response.ok) {
    console.error(`No token: ${reply.error_description ?? reply.error}`);
    process.exit(2);
  }
  return reply.access_token;
}

// Signs the request (RFC 9421, RFC 9530) and checks the answer's signature, which covers the request's.
async function post(path, content, token) {
  const target = new URL(path, options.server);
  const fields = {
    authorization: `Bearer ${token}`,
    'content-digest': `sha-256=:${sha256(content).toString('base64')}:`,
    'content-type': 'application/json',
    'idempotency-key': `"${randomUUID()}"`,
  };
  const covered = ['@method', '@authority', '@path', '@query', ...Object.keys(fields)];
  const parameters = `(${covered.map((name) => `"${name}"`).join(' ')});created=${Math.floor(Date.now() / 1000)};nonce="${randomBytes(16).toString('base64url')}";keyid="${keyId}";alg="ecdsa-p256-sha256";tag="liuzhuan-request"`;
  const parts = { '@method': 'POST', '@authority': target.host, '@path': target.pathname, '@query': target.search || '?', ...fields };
  const signature = signBytes(`${covered.map((name) => `"${name}": ${parts[name]}\n`).join('')}"@signature-params": ${parameters}`);
  const response = await fetch(target, {
    method: 'POST',
    headers: { ...fields, 'signature-input': `sig=${parameters}`, signature: `sig=:${signature.toString('base64')}:` },
    body: content,
  });
  const body = Buffer.from(await response.arrayBuffer());
  await checkAnswer(response, body, `sig=:${signature.toString('base64')}:`);
  return { response, body };
}

async function checkAnswer(response, body, requestSignature) {
  must(response.headers.get('content-digest') === `sha-256=:${sha256(body).toString('base64')}:`, 'the content was changed on its way');
  const [, label, parameters] = /^([a-z0-9*_.-]+)=(.*)$/s.exec(response.headers.get('signature-input') ?? '') ?? [];
  must(label, 'the answer is not signed');
  const components = [.../^\(([^)]*)\)/.exec(parameters)[1].matchAll(/"([^"]+)"([^" ]*(?:"[^"]*"[^" ]*)*)/g)].map((match) => [match[1], match[2]]);
  for (const needed of ['@status', 'content-digest', 'content-type']) must(components.some(([name, rest]) => name === needed && !rest), `the signature does not cover ${needed}`);
  must(components.some(([name, rest]) => name === 'signature' && rest.includes(';req')), 'the signature does not cover the question');
  const lines = components.map(([name, rest]) => {
    const value = rest.includes(';req') ? requestSignature : name === '@status' ? String(response.status) : response.headers.get(name);
    return `"${name}"${rest}: ${value}\n`;
  });
  const keyid = /;keyid="([^"]+)"/.exec(parameters)[1];
  const { keys } = await (await fetch(`${options.server}/.well-known/jwks.json`)).json();
  const key = keys.find((one) => one.kid === keyid);
  must(key, 'the answer was signed with a key that the service does not publish');
  const bytes = Buffer.from(/=:([^:]+):/.exec(response.headers.get('signature'))[1], 'base64');
  must(verify('sha256', Buffer.from(`${lines.join('')}"@signature-params": ${parameters}`), { key: createPublicKey({ key, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }, bytes), 'the answer\'s signature is wrong');
}

// The leaf commits to question and answer; the path leads from the leaf to the root of a checkpoint that the ledger's key signed (RFC 9162, C2SP signed-note).
async function checkReceipt({ answer, salt, receipt }, question) {
  const leaf = Buffer.from(receipt.leaf, 'base64');
  const { detail, position } = JSON.parse(leaf);
  const salted = (bytes) => sha256(Buffer.concat([Buffer.from(salt, 'base64'), bytes])).toString('hex');
  must(position === receipt.position, 'the receipt is of another entry');
  must(answer.question === salted(question) && detail.question === answer.question, 'the receipt is of another question');
  must(detail.answer === salted(Buffer.from(JSON.stringify(answer))), 'the receipt is of another answer');

  const [text, signatures] = receipt.checkpoint.split('\n\n');
  const [origin, size, root] = text.split('\n');
  let [index, last, hash] = [receipt.position, Number(size) - 1, sha256(Buffer.concat([Buffer.of(0), leaf]))];
  for (const step of receipt.path.map((one) => Buffer.from(one, 'base64'))) {
    if (index % 2 === 1 || index === last) {
      hash = sha256(Buffer.concat([Buffer.of(1), step, hash]));
      while (index % 2 === 0 && index !== 0) [index, last] = [index / 2, Math.floor(last / 2)];
    } else {
      hash = sha256(Buffer.concat([Buffer.of(1), hash, step]));
    }
    [index, last] = [Math.floor(index / 2), Math.floor(last / 2)];
  }
  must(last === 0 && hash.toString('base64') === root, 'the receipt does not lead to the checkpoint');

  // A client keeps this key; it is fetched here so that the example works at once.
  const [name, , ...rest] = (await (await fetch(`${options.server}/ledger/key`)).text()).trim().split('+');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(rest.join('+'), 'base64').subarray(1).toString('base64url') }, format: 'jwk' });
  const line = signatures.split('\n').find((one) => one.startsWith(`— ${name} `));
  must(origin === name && line, 'the checkpoint is of another ledger');
  must(verify(null, Buffer.from(`${text}\n`), key, Buffer.from(line.split(' ')[2], 'base64').subarray(4)), 'the checkpoint\'s signature is wrong');
}

function signBytes(text) {
  return sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest();
}

function must(holds, otherwise) {
  if (holds) return;
  console.error(`Not trustworthy: ${otherwise}.`);
  process.exit(1);
}
