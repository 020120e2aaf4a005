import { ChangeDetectionStrategy, Component, effect, signal } from '@angular/core';
import { MatCard, MatCardContent } from '@angular/material/card';
import { injectNow } from '../../session/inject-now';
import { Loading } from '../../ui/loading';
import { Notice } from '../../ui/notice';
import { storedItems, type StoredItem } from './stored-items';

/** What lies where now, redacted, looked up every second. */
@Component({
  selector: 'app-stored-card',
  imports: [Loading, MatCard, MatCardContent, Notice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './stored-card.css',
  template: `
    <mat-card appearance="outlined">
      <mat-card-content>
        <h2>What lies where now</h2>
        @if (hasFailed()) {
          <app-notice kind="error">The browser does not let the page look into its storages.</app-notice>
        } @else if (items(); as list) {
          <ul aria-label="Stored items">
            @for (item of list; track item.place + item.key) {
              <li>
                <details>
                  <summary>
                    <span class="place">{{ item.place }}</span>
                    <code>{{ item.key }}</code>
                  </summary>
                  <pre tabindex="0" role="group" [attr.aria-label]="item.key">{{ item.value }}</pre>
                </details>
              </li>
            } @empty {
              <li>
                <app-notice
                  >Nothing. Tokens, if there are any, are in the memory of the page alone.</app-notice
                >
              </li>
            }
          </ul>
        } @else {
          <app-loading label="Looking into the storages" />
        }
      </mat-card-content>
    </mat-card>
  `,
})
export class StoredCard {
  protected readonly items = signal<readonly StoredItem[] | null>(null, {
    // An open item stays as it is until something has changed.
    equal: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
  protected readonly hasFailed = signal(false);
  private readonly now = injectNow();

  constructor() {
    effect(() => {
      this.now();
      storedItems().then(
        (items) => this.items.set(items),
        () => this.hasFailed.set(true),
      );
    });
  }
}
