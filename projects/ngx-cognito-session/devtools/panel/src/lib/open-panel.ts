import { SessionDevtoolsElement } from './panel-element';
import type { PanelModel } from './model';

const TAG = 'cognito-session-devtools';

/** Adds the button, and the panel behind it, to a page. Sessions of the same page have one each, above each other. */
export function openPanel(model: PanelModel, document: Document): HTMLElement {
  // A module that is loaded again, by a hot replacement, must not define it a second time.
  if (customElements.get(TAG) === undefined) customElements.define(TAG, SessionDevtoolsElement);
  const panel = Object.assign(document.createElement(TAG), { model });
  const places = [...document.querySelectorAll<HTMLElement>(TAG)].map(({ dataset }) => dataset['place']);
  const place = ['0', '1', '2'].find((free) => !places.includes(free)) ?? '0';
  panel.dataset['place'] = place;
  document.body.append(panel);
  return panel;
}
