// Improves the drop form and the job page; both work without it.
(() => {
  'use strict';

  const size = bytes =>
    bytes < 1024 ? `${bytes} B` : bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} KB` : bytes < 1073741824 ? `${(bytes / 1048576).toFixed(1)} MB` : `${(bytes / 1073741824).toFixed(1)} GB`;

  function improveDrop(drop) {
    const part = name => drop.querySelector(`[data-${name}]`);
    const texts = drop.dataset;
    const form = part('zone');
    const input = form.querySelector('input[type=file]');
    const label = form.querySelector('.drop-label');
    const firstLabel = label.textContent;
    let busy = false;

    form.classList.add('scripted');
    part('needs-script').hidden = false;

    const complain = text => {
      part('problem').hidden = !text;
      part('problem-text').textContent = text || '';
      if (text) part('problem').focus();
    };

    const refusal = file =>
      file.size > Number(texts.max) ? texts.textLarge
        : texts.accept.split(',').some(extension => file.name.toLowerCase().endsWith(extension)) ? '' : texts.textKind;

    const choose = () => {
      const file = input.files[0];
      const wrong = file ? refusal(file) : '';
      complain(wrong);
      if (wrong) input.value = '';
      show();
    };

    const show = () => {
      const kept = input.files[0];
      part('chosen').hidden = !kept;
      part('start').disabled = !kept;
      form.classList.toggle('has-file', !!kept);
      label.textContent = kept ? texts.textChange : firstLabel;
      if (!kept) return;
      part('chosen-name').textContent = kept.name;
      part('chosen-size').textContent = size(kept.size);
    };

    input.addEventListener('change', choose);
    // Kept from an earlier visit to this page by the browser.
    show();

    let depth = 0;
    const over = on => form.classList.toggle('over', on);
    form.addEventListener('dragenter', event => { event.preventDefault(); depth++; over(true); });
    form.addEventListener('dragover', event => event.preventDefault());
    form.addEventListener('dragleave', () => { depth = Math.max(0, depth - 1); over(depth > 0); });
    form.addEventListener('drop', event => {
      event.preventDefault();
      depth = 0;
      over(false);
      if (busy || !event.dataTransfer.files.length) return;
      const one = new DataTransfer();
      one.items.add(event.dataTransfer.files[0]);
      input.files = one.files;
      choose();
      if (input.files.length) part('start').focus();
    });

    const setBusy = on => {
      busy = on;
      form.classList.toggle('busy', on);
      part('start').disabled = on;
      part('upload').hidden = !on;
    };

    form.addEventListener('submit', event => {
      event.preventDefault();
      if (busy) return;
      const data = new FormData();
      // The token must come before the file.
      const token = form.querySelector('input[name=__RequestVerificationToken]');
      data.append(token.name, token.value);
      data.append(input.name, input.files[0]);

      const request = new XMLHttpRequest();
      const tell = (text, share) => { part('upload-text').textContent = text; part('upload-bar').value = share; };
      const failed = () => { setBusy(false); complain(texts.textBroken); };
      request.open('POST', form.action);
      request.responseType = 'document';
      request.upload.onprogress = moved => {
        const share = moved.lengthComputable ? Math.floor(100 * moved.loaded / moved.total) : 0;
        tell(share < 100 ? `${texts.textUploading} ${share}%` : texts.textUploaded, share);
      };
      request.onerror = failed;
      request.onload = () => {
        if (request.status === 200 && request.responseURL.includes('/jobs/')) { location.assign(request.responseURL); return; }
        // A refusal: the answer is the page with the reason and a fresh form.
        const content = request.response && request.response.querySelector('#content');
        if (!content) { failed(); return; }
        document.getElementById('content').replaceChildren(...content.childNodes);
        improve();
        const problem = document.querySelector('[data-problem]');
        if (problem) problem.focus();
      };
      tell(`${texts.textUploading} 0%`, 0);
      complain('');
      setBusy(true);
      request.send(data);
    });
  }

  function follow(place) {
    const pause = 700;
    const look = async () => {
      try {
        const answer = await fetch(place.dataset.poll, { cache: 'no-store' });
        if (answer.status === 404) { location.reload(); return; }
        if (answer.ok) {
          const next = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-phase]');
          if (!next || next.dataset.phase === 'ended') { location.reload(); return; }
          // The elements stay, so that a screen reader hears changes only.
          const bar = place.querySelector('progress');
          const text = place.querySelector('[role=status]');
          bar.value = next.querySelector('progress').value;
          const said = next.querySelector('[role=status]').textContent;
          if (text.textContent !== said) text.textContent = said;
        }
      } catch {
        // The server may be starting again; ask once more.
      }
      setTimeout(look, pause);
    };
    setTimeout(look, pause);
  }

  function improve() {
    document.querySelectorAll('[data-drop]').forEach(improveDrop);
    document.querySelectorAll('[data-poll]').forEach(follow);
  }

  improve();
})();
