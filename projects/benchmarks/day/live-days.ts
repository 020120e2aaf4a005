import { withLocalStorage } from '../../ngx-cognito-session/src/public-api';
import { liveDay, type DayOptions } from './live-day';
import type { LivedDay } from './results';

/** What a day is to be lived with. */
export type DayKind = Pick<LivedDay, 'storage' | 'tabs' | 'night'>;

/** Lives through one day after the other. */
export async function liveDays(
  kinds: readonly DayKind[],
  name: LivedDay['changeDetection'],
  changeDetection: DayOptions['changeDetection'],
): Promise<readonly LivedDay[]> {
  const lived: LivedDay[] = [];
  for (const kind of kinds) {
    const features = () => (kind.storage === 'memory' ? [] : [withLocalStorage()]);
    const counts = await liveDay({ ...kind, features, changeDetection });
    lived.push({ ...kind, changeDetection: name, ...counts });
  }
  return lived;
}
