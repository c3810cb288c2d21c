const HEARTBEAT_MS = 10_000;

export type Print = (line: string) => void;

/** Tells how far a step is: "12 of 37 resources". */
export type Progress = (text: string) => void;

export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

/** Prints each step with its time: live on a terminal, in whole lines elsewhere. */
export class Steps {
  /** For programs: each line goes to a function. */
  static toLines(print: Print): Steps {
    return new Steps({ write: (text) => print(text.replace(/\n$/, '')) });
  }

  constructor(private readonly terminal: Terminal) {}

  readonly line: Print = (text) => {
    this.terminal.write(`${text}\n`);
  };

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

  /** One line, rewritten four times a second. */
  private live(title: string, start: number): { progress: Progress; end(): void } {
    let text = '';
    const draw = () => {
      const line = `  … ${title}  ${seconds(start)}  ${text}`;
      this.terminal.write(`\r\x1b[2K${line.slice(0, (this.terminal.columns ?? 100) - 1)}`);
    };
    const timer = setInterval(draw, 250);
    draw();
    return {
      progress: (next) => { text = next; },
      end: () => {
        clearInterval(timer);
        this.terminal.write('\r\x1b[2K');
      },
    };
  }

  /** A line now and then, so that a slow step does not look dead in a log. */
  private heartbeat(title: string, start: number): { progress: Progress; end(): void } {
    let text = '';
    const timer = setInterval(() => this.line(`  … ${title}  ${seconds(start)}  ${text}`), HEARTBEAT_MS);
    return { progress: (next) => { text = next; }, end: () => clearInterval(timer) };
  }
}
