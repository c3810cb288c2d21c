import { type FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from './button';
import { Note } from './note';

export interface LazyViewProps {
  /** Loads the view. It is a file of its own, which the first screen does not need. */
  readonly load: () => Promise<FunctionComponent>;
  /** A dialog above the view. */
  readonly isDialog?: boolean;
}

/** A view that is loaded when it is shown. */
export function LazyView({ load, isDialog }: LazyViewProps) {
  const [loaded, setLoaded] = useState<{ readonly View: FunctionComponent } | undefined>(undefined);
  const [isFailed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isShown = true;
    load().then((View) => { if (isShown) setLoaded({ View }); }, () => { if (isShown) setFailed(true); });
    return () => { isShown = false; };
  }, [attempt]);
  if (loaded) return <loaded.View />;
  if (isDialog && !isFailed) return null;
  const retry = () => {
    setFailed(false);
    setAttempt(attempt + 1);
  };
  return (
    <main class="page" id="main" tabIndex={-1} aria-busy={!isFailed}>
      {isFailed && <Note tone="danger" icon="offline" title="This view could not be loaded">Nothing is lost. <Button size="small" onClick={retry}>Try again</Button></Note>}
    </main>
  );
}
