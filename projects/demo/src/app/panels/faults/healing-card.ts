import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatCard, MatCardContent, MatCardHeader, MatCardTitle } from '@angular/material/card';
import { injectCognitoCalls } from '../../emulator/inject-cognito-calls';
import { clockTime } from '../../session/clock-time';
import { injectNextTry } from '../../session/next-try';
import { Notice } from '../../ui/notice';
import { FaultDesk } from './fault-desk';
import { healingLines } from './healing-line';
import { injectSessionFacts } from './session-facts';

/** How the session takes it, live: its state, when the next try is due, and what both sides say. */
@Component({
  selector: 'app-healing-card',
  imports: [MatButton, MatCard, MatCardContent, MatCardHeader, MatCardTitle, Notice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './healing-card.css',
  templateUrl: './healing-card.html',
})
export class HealingCard {
  protected readonly desk = inject(FaultDesk);
  protected readonly facts = injectSessionFacts();
  protected readonly nextTry = injectNextTry();
  private readonly cognito = injectCognitoCalls();
  protected readonly hasFailed = this.cognito.hasFailed;
  protected readonly clockTime = clockTime;

  protected readonly lines = computed(() =>
    healingLines(this.desk.caused()?.at ?? Infinity, this.cognito.calls() ?? [], this.desk.events()),
  );
  protected readonly healed = computed(() => {
    const ms = this.desk.healedAfterMs();
    return ms === null ? null : `Healed by itself, ${(ms / 1000).toFixed(1)} s after the first error.`;
  });
}
