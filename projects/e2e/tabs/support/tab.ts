import type { TabLab } from '../page/tab-lab';
import { callIn, type ArgumentsOf, type Evaluating, type Methods, type ResultOf } from './remote';

/** One app in one page, whichever browser and driver it is. */
export class Tab<P extends Evaluating = Evaluating> {
  constructor(
    readonly page: P,
    private readonly app = 0,
  ) {}

  call<M extends Methods<TabLab>>(method: M, ...args: ArgumentsOf<TabLab[M]>): Promise<ResultOf<TabLab[M]>> {
    return callIn<TabLab, M>(this.page, `tabLabs[${this.app}]`, method, ...args);
  }

  /** The access token that a demand gives; throws if it gives none. */
  async token(): Promise<string> {
    const answer = await this.call('demand');
    if ('error' in answer) throw new Error(`No token: ${answer.error}`);
    return answer.token;
  }

  async eventTypes(): Promise<readonly string[]> {
    return (await this.call('events')).map(({ type }) => type);
  }
}
