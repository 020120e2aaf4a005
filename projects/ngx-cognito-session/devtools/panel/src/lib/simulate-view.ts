import { button, h, setText } from './dom';
import { duration } from './format';
import type { FailureKind, PanelModel } from './model';
import type { View } from './view';

const STEP_MS = 300_000;

/** In the order in which they are shown. */
const FAILURES: Readonly<Record<FailureKind, string>> = {
  network: 'No network',
  lostAnswer: 'Answer lost',
  hang: 'No answer',
  unreadable: 'Unreadable answer',
  serviceError: 'HTTP 500',
  throttled: 'Throttled',
  refused: 'Refused',
  revoked: 'Revoked',
  reuse: 'Reused',
  userNotFound: 'User deleted',
  userNotConfirmed: 'User not confirmed',
  passwordResetRequired: 'Password reset required',
};

/** Buttons that simulate faults. `say`: announces what a button has done. */
export function simulateView(model: PanelModel, say: (text: string) => void): View {
  const needsTokens = { disabled: !model.hasTokens };
  const expire = button(needsTokens, 'Expire now', () => {
    say(model.expire() ? 'The tokens count as expired.' : 'There is no session with a refresh token.');
  });
  const failures = Object.entries(FAILURES).map(([name, label]) => {
    const kind = name as FailureKind;
    const toggle = button({ ...needsTokens, 'aria-pressed': 'false' }, label, () => {
      const isSet = toggle.getAttribute('aria-pressed') === 'true';
      model.failNext(isSet ? null : kind);
      say(isSet ? 'The next refresh is carried out.' : `The next refresh fails: ${label}.`);
    });
    return [kind, toggle] as const;
  });
  const offline = button({ ...needsTokens, 'aria-pressed': 'false' }, 'Offline', () => {
    const isOffline = offline.getAttribute('aria-pressed') !== 'true';
    model.setOffline(isOffline);
    say(isOffline ? 'Cognito cannot be reached.' : 'Cognito can be reached again.');
  });
  const shiftTo = (ms: number) => {
    say(model.shiftClock(ms) ? `The clock is ${clockText(ms)}.` : 'The clock of this app cannot be set.');
  };
  let shiftMs = 0;
  const clock = h('span', { class: 'note' });
  const clockButtons = [
    button({}, '−5 min', () => shiftTo(shiftMs - STEP_MS)),
    button({}, '+5 min', () => shiftTo(shiftMs + STEP_MS)),
    button({}, 'Set right', () => shiftTo(0)),
  ];
  const elsewhere = button({}, 'Sign out in another tab', () => {
    const tab = model.signOutElsewhere();
    say(tab === null ? 'There is no other tab that has this session.' : `Tab ${tab} signs out.`);
  });
  return {
    element: h(
      'div',
      { class: 'simulate' },
      ...(model.hasTokens
        ? []
        : [h('p', { class: 'note' }, 'The tokens are on a server, and so are their refreshes.')]),
      group('Tokens', expire),
      group('The next refresh fails', ...failures.map(([, toggle]) => toggle)),
      group('Network to Cognito', offline),
      group('Device clock, in all tabs', ...clockButtons, clock),
      group('Other tabs', elsewhere),
    ),
    show: ({ simulation }) => {
      ({ shiftMs } = simulation);
      for (const [kind, toggle] of failures)
        toggle.setAttribute('aria-pressed', String(kind === simulation.next));
      offline.setAttribute('aria-pressed', String(simulation.isOffline));
      setText(clock, clockText(shiftMs));
    },
  };
}

function group(name: string, ...children: readonly Node[]): HTMLElement {
  return h('fieldset', {}, h('legend', {}, name), ...children);
}

function clockText(shiftMs: number): string {
  if (shiftMs === 0) return 'right';
  return `${duration(Math.abs(shiftMs))} ${shiftMs > 0 ? 'ahead' : 'behind'}`;
}
