import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { MatCard, MatCardContent } from '@angular/material/card';
import { MatProgressBar } from '@angular/material/progress-bar';
import type { CognitoClaims } from 'ngx-cognito-session';
import { describeRemaining } from '../../session/describe-remaining';
import { injectNow } from '../../session/inject-now';
import { claimRows } from './claim-rows';

/** One token: its ends, how long it lives, and what it says. */
@Component({
  selector: 'app-claims-card',
  imports: [MatCard, MatCardContent, MatProgressBar],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './claims-card.css',
  template: `
    <mat-card appearance="outlined" role="group" [attr.aria-label]="title()">
      <mat-card-content>
        <div class="head">
          <h2>{{ title() }}</h2>
          <code data-testid="short">{{ short() ?? '…' }}</code>
        </div>
        <p>{{ purpose() }}</p>
        <p class="expiry">
          <span
            >Expires in <strong role="timer" aria-label="Time left">{{ remaining() }}</strong></span
          >
          <mat-progress-bar [value]="percent()" [attr.aria-label]="title() + ', time left'" />
        </p>
        <table>
          <caption class="visually-hidden">
            Claims
          </caption>
          <tbody>
            @for (row of rows(); track row.name) {
              <tr>
                <th scope="row">
                  <code>{{ row.name }}</code>
                </th>
                <td>
                  {{ row.value }}
                  @if (row.note !== '') {
                    <small>{{ row.note }}</small>
                  }
                </td>
              </tr>
            }
          </tbody>
        </table>
      </mat-card-content>
    </mat-card>
  `,
})
export class ClaimsCard {
  readonly title = input.required<string>();
  readonly purpose = input.required<string>();
  readonly claims = input.required<Readonly<CognitoClaims>>();
  /** The token itself, shortened. */
  readonly short = input.required<string | null>();
  /** Seconds, server minus device. */
  readonly clockDrift = input.required<number>();

  private readonly now = injectNow();
  protected readonly rows = computed(() => claimRows(this.claims()));
  private readonly leftMs = computed(
    () => this.claims().exp * 1000 - (this.now() + this.clockDrift() * 1000),
  );
  protected readonly remaining = computed(() => describeRemaining(this.leftMs()));
  protected readonly percent = computed(() => {
    const { exp, iat } = this.claims();
    return Math.max(0, Math.min(100, this.leftMs() / (10 * Math.max(1, exp - iat))));
  });
}
