import { existsSync } from 'node:fs';
import { decideBrowser, type Installer } from './decision';
import { findChromium } from './find-chromium';
import { installChromium } from './install-chromium';

/** The path of a Chromium that starts, installed if need be; throws with advice when there is no way to one. */
export async function ensureChromium(): Promise<string> {
  const path = process.env['CHROMIUM_PATH'];
  const requested = path === '' ? undefined : path;
  const tried: Installer[] = [];
  const outputs: string[] = [];
  for (;;) {
    const decision = decideBrowser({
      requested,
      working: await findChromium(requested),
      isDebianLike: existsSync('/etc/debian_version'),
      isRoot: process.getuid?.() === 0,
      tried,
    });
    switch (decision.kind) {
      case 'use':
        return decision.path;
      case 'install': {
        const { output } = await installChromium(decision.by);
        tried.push(decision.by);
        outputs.push(output);
        break;
      }
      case 'giveUp':
        throw new Error([...outputs, decision.message].join('\n'));
    }
  }
}
