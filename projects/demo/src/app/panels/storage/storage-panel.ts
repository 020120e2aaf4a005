import { DOCUMENT, ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatRadioButton, MatRadioGroup } from '@angular/material/radio';
import { RouterLink } from '@angular/router';
import { SessionService } from 'ngx-cognito-session';
import { chooseStorage, storageChoice } from '../../session/chosen-storage';
import { Notice } from '../../ui/notice';
import { PanelHeader } from '../../ui/panel-header';
import { ShowCode } from '../../ui/show-code';
import { STORAGE_CHOICES } from './storage-choices';
import { StoredCard } from './stored-card';

/** Where the session is kept: chosen at run time, with what that means for the user, and what lies there. */
@Component({
  selector: 'app-storage-panel',
  imports: [MatButton, MatRadioButton, MatRadioGroup, Notice, PanelHeader, RouterLink, ShowCode, StoredCard],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './storage-panel.css',
  template: `
    <app-panel-header title="Storage">
      One feature of <code>provideSession</code> decides who finds the session: a reload, a new tab, the
      browser tomorrow.
    </app-panel-header>
    @if (session.session() === null) {
      <app-notice
        >No user is signed in. <a routerLink="/sign-in">Sign in</a> to see what is stored.</app-notice
      >
    }
    <mat-radio-group aria-label="Storage" [value]="chosen()" (change)="chosen.set($event.value)">
      @for (choice of choices; track choice.id) {
        <div class="choice" [class.present]="choice === present">
          <mat-radio-button [value]="choice">
            <code>{{ choice.name }}</code>
          </mat-radio-button>
          @if (choice === present) {
            <span class="badge">in use</span>
          }
          <dl>
            <div>
              <dt>Reload</dt>
              <dd [class.in]="choice.afterReload === 'signed in'">{{ choice.afterReload }}</dd>
            </div>
            <div>
              <dt>New tab</dt>
              <dd [class.in]="choice.inNewTab === 'signed in'">{{ choice.inNewTab }}</dd>
            </div>
            <div>
              <dt>Browser restart</dt>
              <dd [class.in]="choice.afterRestart === 'signed in'">{{ choice.afterRestart }}</dd>
            </div>
          </dl>
        </div>
      }
    </mat-radio-group>
    <div class="apply">
      <button matButton="filled" type="button" [disabled]="chosen() === present" (click)="apply()">
        Use it and reload
      </button>
      <span>The choice is remembered. Other open tabs take it over when they are reloaded.</span>
    </div>
    <app-stored-card />
    <app-show-code file="storage/storage-choices.ts" />
  `,
})
export class StoragePanel {
  protected readonly session = inject(SessionService);
  private readonly document = inject(DOCUMENT);

  protected readonly choices = STORAGE_CHOICES;
  protected readonly present = storageChoice();
  protected readonly chosen = signal(this.present);

  protected apply(): void {
    chooseStorage(this.chosen());
    this.document.location.reload();
  }
}
