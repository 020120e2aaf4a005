import { emulatedApp } from '../../../testing-support/emulated-app';
import { FakeTabChannels } from '../../../testing-support/fake-tab-channels';
import { ManualTime } from '../../../testing-support/manual-time';
import { configFor, startTab } from '../../../testing-support/session-app';
import { turns } from '../../../testing-support/turns';
import { withStorage, type SessionConfig } from '../../public-api';
import { FailingStorage } from '../../../testing-support/failing-writes';
import { OPEN_TAB_CHANNEL } from '../tabs/tab-channel';

const app = emulatedApp();

describe('a configuration that comes after the end of the app', () => {
  it.each([undefined, true])(
    'opens no channel and writes nothing (enableTabSync: %s)',
    async (enableTabSync) => {
      const channels = new FakeTabChannels();
      const storage = new FailingStorage(true);
      let resolve: (config: SessionConfig) => void = () => undefined;
      const loaded = new Promise<SessionConfig>((done) => (resolve = done));
      const tab = startTab({
        config: () => loaded,
        time: new ManualTime(app.time.now()),
        features: [withStorage(storage)],
        providers: [{ provide: OPEN_TAB_CHANNEL, useValue: channels.of('tab') }],
      });
      tab.session.initialize().subscribe({ error: () => undefined });
      tab.destroy();
      resolve(configFor(app.emulator, enableTabSync === undefined ? {} : { enableTabSync }));
      await turns(20);
      expect([channels.open, storage.keys()]).toEqual([0, []]);
    },
  );
});
