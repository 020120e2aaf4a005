import { button, h } from './dom';
import type { PanelModel } from './model';
import { reportOf } from './report';
import { catchError, of } from 'rxjs';

/** A button that copies the report, and a text area where the clipboard is not available. */
export function reportCopy(
  model: PanelModel,
  say: (text: string) => void,
): { readonly copy: HTMLElement; readonly fallback: HTMLElement } {
  const text = h('textarea', { readonly: true, 'aria-label': 'Report' });
  const close = button({}, 'Close report', () => {
    fallback.hidden = true;
    copy.focus();
  });
  const fallback = h('div', { class: 'fallback', hidden: true }, text, close);
  const offer = (report: string) => {
    text.value = report;
    fallback.hidden = false;
    text.focus();
    text.select();
    say('The clipboard is not available. Copy the text.');
  };
  const copy = button({}, 'Copy report', () => {
    model
      .stored()
      .pipe(catchError(() => of(null)))
      .subscribe((stored) => {
        const report = reportOf(model.look(), {
          hasTokens: model.hasTokens,
          stored,
          keys: model.storageKeys(),
          userAgent: navigator.userAgent,
        });
        writeToClipboard(report).then(
          () => say('The report was copied. It contains no token.'),
          () => offer(report),
        );
      });
  });
  return { copy, fallback };
}

/** Insecure pages have no clipboard, and permission may be refused. */
async function writeToClipboard(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}
