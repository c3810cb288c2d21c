const HEARTBEAT_MS = 10_000;

export type Print = (line: string) => void;

/** Reports the progress of a step, for example "12 of 37 resources". */
export type Progress = (text: string) => void;

export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Formats the time since `since`. */
export function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

/** Prints each step with its duration. A terminal shows live progress. */
export class Steps {
  /** Creates steps that pass each line to a function. */
  static toLines(print: Print): Steps {
    return new Steps({ write: (text) => print(text.replace(/\n$/, '')) });
  }

  constructor(private readonly terminal: Terminal) {}

  /** Prints a line. */
  readonly line: Print = (text) => {
    this.terminal.write(`${text}\n`);
  };

  /** Runs a step and prints its title, result and duration. */
  async run<T>(title: string, work: (progress: Progress) => Promise<T>): Promise<T> {
    const start = performance.now();
    const reporter = this.terminal.isTTY ? this.live(title, start) : this.heartbeat(title, start);
    try {
      const result = await work(reporter.progress);
      reporter.end();
      this.line(`  ✓ ${title.padEnd(52)} ${seconds(start).padStart(7)}`);
      return result;
    } catch (error) {
      reporter.end();
      this.line(`  ✗ ${title.padEnd(52)} ${seconds(start).padStart(7)}`);
      throw error;
    }
  }

  /** Updates one line four times per second. */
  private live(title: string, start: number): { progress: Progress; end(): void } {
    let text = '';
    const update = () => {
      const line = `  … ${title}  ${seconds(start)}  ${text}`;
      this.terminal.write(`\r\x1b[2K${line.slice(0, (this.terminal.columns ?? 100) - 1)}`);
    };
    const timer = setInterval(update, 250);
    update();
    return {
      progress: (next) => { text = next; },
      end: () => {
        clearInterval(timer);
        this.terminal.write('\r\x1b[2K');
      },
    };
  }

  /** Prints a line every 10 seconds, so that a log shows that a slow step is running. */
  private heartbeat(title: string, start: number): { progress: Progress; end(): void } {
    let text = '';
    const timer = setInterval(() => this.line(`  … ${title}  ${seconds(start)}  ${text}`), HEARTBEAT_MS);
    return { progress: (next) => { text = next; }, end: () => clearInterval(timer) };
  }
}
