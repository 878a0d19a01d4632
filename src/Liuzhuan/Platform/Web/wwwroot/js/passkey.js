// Passkeys: asks the authenticator for what the form's options say, puts its answer into the form and sends it.
(() => {
  'use strict';

  if (!window.PublicKeyCredential) return;

  const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), letter => letter.charCodeAt(0));
  const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const known = list => (list || []).map(one => ({ ...one, id: bytes(one.id) }));

  const asked = options => ({
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user ? { user: { ...options.user, id: bytes(options.user.id) } } : {}),
    ...(options.excludeCredentials ? { excludeCredentials: known(options.excludeCredentials) } : {}),
    ...(options.allowCredentials ? { allowCredentials: known(options.allowCredentials) } : {}),
  });

  const written = credential => {
    const response = { clientDataJSON: text(credential.response.clientDataJSON) };
    for (const name of ['attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return JSON.stringify({
      id: credential.id, rawId: text(credential.rawId), type: credential.type, response,
      authenticatorAttachment: credential.authenticatorAttachment, clientExtensionResults: credential.getClientExtensionResults(),
    });
  };

  for (const form of document.querySelectorAll('form[data-passkey]')) {
    for (const button of form.querySelectorAll('[data-needs-passkey]')) button.hidden = false;
    form.addEventListener('submit', async event => {
      event.preventDefault();
      const problem = form.querySelector('[data-passkey-problem]');
      problem.textContent = '';
      try {
        const body = new URLSearchParams({ __RequestVerificationToken: form.querySelector('[name=__RequestVerificationToken]').value });
        const reply = await fetch(form.dataset.options, { method: 'POST', body, credentials: 'same-origin' });
        if (!reply.ok) throw new Error(String(reply.status));
        const publicKey = asked(await reply.json());
        const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
        form.querySelector('[data-credential]').value = written(credential);
        form.submit();
      } catch {
        problem.textContent = form.dataset.failed;
      }
    });
  }
})();
