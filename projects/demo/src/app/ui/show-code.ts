import { HttpClient } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { mdiCodeTags } from '@mdi/js';
import { Icon } from './icon';
import { Loading } from './loading';
import { Notice } from './notice';

let count = 0;

/** The source of a panel, as it was compiled: the build copies the files of `panels` to `code/`. Loaded when it is opened. */
@Component({
  selector: 'app-show-code',
  imports: [Icon, Loading, MatButton, Notice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './show-code.css',
  template: `
    <button
      matButton="outlined"
      type="button"
      [attr.aria-expanded]="isOpen()"
      [attr.aria-controls]="id"
      (click)="toggle()"
    >
      <app-icon matButtonIcon [path]="icon" />
      {{ isOpen() ? 'Hide the code' : 'Show the code' }}
    </button>
    <div role="region" aria-label="Code" [id]="id" [hidden]="!isOpen()">
      @if (hasFailed()) {
        <app-notice kind="error">The code could not be loaded.</app-notice>
      } @else if (source(); as text) {
        <p>{{ file() }}</p>
        <!-- A scrolling region has to be reachable with the keyboard. -->
        <pre tabindex="0" role="group" [attr.aria-label]="file()"><code>{{ text }}</code></pre>
      } @else {
        <app-loading label="Loading the code" />
      }
    </div>
  `,
})
export class ShowCode {
  /** The path of the file below `panels`. */
  readonly file = input.required<string>();

  protected readonly isOpen = signal(false);
  protected readonly source = signal('');
  protected readonly hasFailed = signal(false);
  protected readonly icon = mdiCodeTags;
  protected readonly id = `code-${++count}`;
  private readonly http = inject(HttpClient);

  protected toggle(): void {
    this.isOpen.update((isOpen) => !isOpen);
    if (!this.isOpen() || this.source() !== '') return;
    this.hasFailed.set(false);
    this.http.get(`code/${this.file()}`, { responseType: 'text' }).subscribe({
      next: (text) => this.source.set(text),
      error: () => this.hasFailed.set(true),
    });
  }
}
