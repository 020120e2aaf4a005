import { claimsOf, shownClaims } from './claims';
import { button, details, empty, h, renderer, setText } from './dom';
import type { View } from './view';

/** Decoded claims of the session held. */
export function claimsView(): View {
  let isAll = false;
  let latest: Parameters<View['show']>[0] | null = null;
  const toggle = button({ 'aria-pressed': 'false' }, 'Show personal claims', () => {
    isAll = !isAll;
    toggle.setAttribute('aria-pressed', String(isAll));
    setText(toggle, isAll ? 'Hide personal claims' : 'Show personal claims');
    if (latest !== null) view.show(latest);
  });
  const list = h('div');
  const render = renderer(list, (tokens: ReturnType<typeof rowsOf>) =>
    tokens.length === 0
      ? [empty('No user is signed in.')]
      : tokens.flatMap(({ token, claims }) => [
          h('h3', {}, token),
          claims === null
            ? empty('The session has none.')
            : details(claims.map(({ name, value }) => [name, value] as const)),
        ]),
  );
  const view: View = {
    element: h('div', {}, h('p', { class: 'note' }, 'Decoded, not verified. ', toggle), list),
    show: (snapshot) => {
      latest = snapshot;
      render(rowsOf(snapshot.state, isAll));
    },
  };
  return view;
}

function rowsOf(state: Parameters<typeof claimsOf>[0], isAll: boolean) {
  return claimsOf(state).map(([token, claims]) => ({ token, claims: claims && shownClaims(claims, isAll) }));
}
