import { startedHere } from '~/features/jobs/mine';

/** Stands in for the browser's EventSource: a test says what the server tells. */
export class FakeEventSource extends EventTarget {
  static readonly CLOSED = 2;
  static open: FakeEventSource[] = [];
  readyState = 1;

  constructor(readonly url: string) {
    super();
    FakeEventSource.open.push(this);
  }

  close(): void {
    this.readyState = FakeEventSource.CLOSED;
    FakeEventSource.open = FakeEventSource.open.filter((each) => each !== this);
  }

  /** About the job that was started last, or the fixtures', unless the data says otherwise. */
  tell(name: string, data: object): void {
    const [job_id = 'job1'] = startedHere().toReversed();
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify({ job_id, ...data }) }));
  }

  static reset(): void {
    FakeEventSource.open = [];
  }
}
