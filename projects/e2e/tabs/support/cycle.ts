import type { Answer } from '../page/tab-lab';
import type { Tab } from './tab';
import type { TabsWorld } from './tabs-world';

/** The tokens die, and all pages ask for one within the same task. */
export async function demandTogether(world: TabsWorld, tabs: readonly Tab[]): Promise<readonly Answer[]> {
  await world.expire(tabs);
  return askTogether(tabs);
}

/** All pages ask for a token within the same task. */
export async function askTogether(tabs: readonly Tab[]): Promise<readonly Answer[]> {
  await Promise.all(tabs.map((tab) => tab.call('arm')));
  await tabs[0]?.call('go');
  return Promise.all(tabs.map((tab) => tab.call('armedAnswer')));
}
