import { usePage } from '../../parts/context';

/** What is said outside of the views: short messages, announcements, and that the browser is offline. */
export function Announcer() {
  const { notices: { status, alert, toast } } = usePage();
  return (
    <>
      <p class="vh" role="status">{status.value}</p>
      <p class="vh" role="alert">{alert.value}</p>
      <div role="status">{toast.value && <p key={toast.value.number} class="toast">{toast.value.text}</p>}</div>
    </>
  );
}
