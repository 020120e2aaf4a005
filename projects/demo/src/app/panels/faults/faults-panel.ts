import { ChangeDetectionStrategy, Component, ElementRef, inject, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatCard, MatCardActions, MatCardContent } from '@angular/material/card';
import { RouterLink } from '@angular/router';
import { SessionService } from 'ngx-cognito-session';
import { Notice } from '../../ui/notice';
import { PanelHeader } from '../../ui/panel-header';
import { ShowCode } from '../../ui/show-code';
import { FaultDesk } from './fault-desk';
import { FAULT_GROUPS, type FaultCase } from './faults';
import { HealingCard } from './healing-card';

/** What can go wrong with a session, one button each, beside how the session takes it. */
@Component({
  selector: 'app-faults-panel',
  imports: [
    HealingCard,
    MatButton,
    MatCard,
    MatCardActions,
    MatCardContent,
    Notice,
    PanelHeader,
    RouterLink,
    ShowCode,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './faults-panel.css',
  templateUrl: './faults-panel.html',
})
export class FaultsPanel {
  protected readonly session = inject(SessionService);
  protected readonly desk = inject(FaultDesk);
  protected readonly groups = FAULT_GROUPS;
  private readonly healing = viewChild.required<unknown, ElementRef<HTMLElement>>('healing', {
    read: ElementRef,
  });

  protected cause(fault: FaultCase): void {
    void this.desk.cause(fault);
    // On a phone it is far above the button.
    this.healing().nativeElement.scrollIntoView({ block: 'nearest' });
  }
}
