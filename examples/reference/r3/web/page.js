// The conversation of the old system: start an image, ask for it until it is there.
const POLL_MS = 2_000;
const form = document.querySelector('#form');
const state = document.querySelector('#state');
const image = document.querySelector('#image');

const button = form.querySelector('button');
// until here the form would be sent as a query
button.disabled = false;

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  button.disabled = true;
  image.hidden = true;
  try {
    await draw(document.querySelector('#key').value, Object.fromEntries(new FormData(form)));
  } catch (error) {
    state.textContent = error.message;
  } finally {
    button.disabled = false;
  }
});

async function draw(key, wanted) {
  const { url } = await (await fetch('config.json')).json();
  const call = async (path, options = {}) => {
    const response = await fetch(url + path, { ...options, headers: { 'x-api-key': key, 'content-type': 'application/json' } });
    const answer = await response.json();
    if (options.method === undefined && (response.status === 429 || response.status >= 500)) return { status: 'processing' };
    if (!response.ok) throw new Error(answer.errors?.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ') ?? answer.detail);
    return answer;
  };
  let answer = await call('generate', { method: 'POST', body: JSON.stringify(wanted) });
  const { image_id: id } = answer;
  state.textContent = `Drawing; about ${answer.estimated_time} seconds.`;
  while (answer.status === 'processing') {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    // a poll that fails is only a poll
    answer = await call(`image/${id}`);
  }
  if (answer.status !== 'completed') throw new Error(answer.error ?? `The image is ${answer.status}.`);
  state.textContent = `Ready since ${new Date(answer.generated_at).toLocaleTimeString()}.`;
  image.src = answer.image_url;
  image.alt = wanted.text;
  image.hidden = false;
}
