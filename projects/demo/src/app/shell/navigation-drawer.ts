import { ChangeDetectionStrategy, Component, inject, viewChild, type ElementRef } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatIconButton } from '@angular/material/button';
import { NavigationStart, Router } from '@angular/router';
import { mdiClose } from '@mdi/js';
import { filter } from 'rxjs';
import { Icon } from '../ui/icon';
import { Navigation } from './navigation';

/** The navigation on a phone. The browser's own dialog keeps the focus inside, closes with Escape and gives the focus back. */
@Component({
  selector: 'app-navigation-drawer',
  imports: [Icon, MatIconButton, Navigation],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './navigation-drawer.css',
  template: `
    <dialog #dialog aria-label="Menu">
      <button matIconButton type="button" aria-label="Close the menu" (click)="dialog.close()">
        <app-icon [path]="closeIcon" />
      </button>
      <app-navigation />
    </dialog>
  `,
})
export class NavigationDrawer {
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  protected readonly closeIcon = mdiClose;

  constructor() {
    inject(Router)
      .events.pipe(
        filter((event) => event instanceof NavigationStart),
        takeUntilDestroyed(),
      )
      .subscribe(() => this.dialog().nativeElement.close());
  }

  open(): void {
    this.dialog().nativeElement.showModal();
  }
}
