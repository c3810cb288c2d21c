// Starts an image, then polls its status until the image completes or fails.
const POLL_INTERVAL_MS = 2_000;
const form = document.querySelector('#form');
const status = document.querySelector('#status');
const image = document.querySelector('#image');

const button = form.querySelector('button');
// Until this script runs, the browser would submit the form as a query string.
button.disabled = false;

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  button.disabled = true;
  image.hidden = true;
  try {
    await generate(document.querySelector('#key').value, Object.fromEntries(new FormData(form)));
  } catch (error) {
    status.textContent = error.message;
  } finally {
    button.disabled = false;
  }
});

async function generate(key, parameters) {
  const { url } = await (await fetch('config.json')).json();
  const call = async (path, options = {}) => {
    const response = await fetch(url + path, { ...options, headers: { 'x-api-key': key, 'content-type': 'application/json' } });
    const body = await response.json();
    // A throttled or failed poll does not end the job.
    if (options.method === undefined && (response.status === 429 || response.status >= 500)) return { status: 'processing' };
    if (!response.ok) throw new Error(body.errors?.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ') ?? body.detail);
    return body;
  };
  let result = await call('generate', { method: 'POST', body: JSON.stringify(parameters) });
  const { image_id: id } = result;
  status.textContent = `Generating. Estimated time: ${result.estimated_time} seconds.`;
  while (result.status === 'processing') {
    await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
    result = await call(`image/${id}`);
  }
  if (result.status !== 'completed') throw new Error(result.error ?? `The image status is ${result.status}.`);
  status.textContent = `Completed at ${new Date(result.generated_at).toLocaleTimeString()}.`;
  image.src = result.image_url;
  image.alt = parameters.text;
  image.hidden = false;
}
