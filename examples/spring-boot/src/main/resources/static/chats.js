// Shows the chats that the user may read, with a button for each thing that they may do there and for nothing else. What it
// does not show is denied all the same: the server decides.

const status = document.getElementById('status');
let account = '';
let authorization = '';

/** Asks the product as the user who has signed in. */
async function ask(method, path, body) {
  const answer = await fetch(`/${encodeURIComponent(account)}${path}`, {
    method,
    body,
    headers: { Authorization: authorization, 'Content-Type': 'text/plain' },
    credentials: 'omit', // no window of the browser's own that asks for a password
  });
  if (!answer.ok) {
    throw new Error(`${method} ${path} was answered with ${answer.status}`);
  }
  return answer;
}

function element(name, text = '') {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

/** Returns a button, with an input before it if there is a label for one, and shows everything anew when it is clicked. */
function action(name, act, label) {
  const form = element('form');
  const input = element('input');
  if (label) {
    input.name = label;
    input.placeholder = label;
    input.setAttribute('aria-label', label);
    form.append(input);
  }
  form.append(element('button', name));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    report(async () => {
      await act(input.value);
      await show();
    });
  });
  return form;
}

async function section(chat, rights) {
  const path = `/chats/${encodeURIComponent(chat)}`;
  const shown = element('section');
  shown.dataset.chat = chat;
  shown.append(element('h2', chat));
  const messages = element('ul');
  for (const text of await (await ask('GET', `${path}/messages`)).json()) {
    messages.append(element('li', text));
  }
  shown.append(messages);
  if (rights.message?.create) {
    shown.append(action('Write', (text) => ask('POST', `${path}/messages`, text), 'message'));
  }
  if (rights.message?.delete) {
    shown.append(action('Clear', () => ask('DELETE', `${path}/messages`)));
  }
  if (rights.chat?.share) {
    shown.append(action('Share', (user) => ask('PUT', `${path}/writers/${encodeURIComponent(user)}`), 'user'));
  }
  return shown;
}

async function show() {
  const { targets } = await (await ask('GET', '/chats')).json();
  const chats = Object.entries(targets).map(([target, rights]) => section(target.slice('chat/'.length), rights));
  document.getElementById('chats').replaceChildren(...(await Promise.all(chats)));
}

/** Does something, and says when it is done or how it failed. */
async function report(work) {
  status.textContent = 'Loading';
  try {
    await work();
    status.textContent = 'Ready';
  } catch (problem) {
    status.textContent = problem.message;
  }
}

document.getElementById('sign-in').addEventListener('submit', (event) => {
  event.preventDefault();
  const fields = new FormData(event.target);
  document.getElementById('chats').replaceChildren();
  report(() => {
    account = fields.get('account');
    authorization = `Basic ${btoa(`${fields.get('user')}:${fields.get('password')}`)}`;
    return show();
  });
});
