import { ChangeDetectionStrategy, Component, DestroyRef, inject, signal } from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { AwsCredentialsService } from 'ngx-cognito-session/aws-credentials';
import {
  BehaviorSubject,
  catchError,
  combineLatest,
  finalize,
  map,
  of,
  switchMap,
  type Observable,
} from 'rxjs';
import { describeAwsProblem } from '../../../../../demo/src/app/panels/aws-credentials/describe-aws-problem';
import { Files, type StoredFile } from './files';
import { FilesTable } from './files-table';

type Listing =
  | { readonly kind: 'loading' }
  /** No identity: nothing to list. */
  | { readonly kind: 'none' }
  | { readonly kind: 'listed'; readonly files: readonly StoredFile[] }
  | { readonly kind: 'failed'; readonly problem: string };

/** The files below the prefix of the current identity, in S3. */
@Component({
  selector: 'app-files-card',
  imports: [FilesTable],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './files-card.css',
  template: `
    <section class="card" aria-labelledby="files-title">
      <h2 id="files-title">Your files in S3</h2>
      <p>They are stored below your identity ID, and its role opens no other files.</p>
      <label class="button" [attr.aria-disabled]="isBusy()">
        Upload a file
        <input #input class="visually-hidden" type="file" (change)="upload(input)" />
      </label>
      <div role="status" aria-label="Files">
        @if (isBusy()) {
          <p>Uploading…</p>
        }
        @if (problem(); as problem) {
          <p><span class="badge warning">Not stored</span> {{ problem }}</p>
        }
        @let shown = listing();
        @switch (shown.kind) {
          @case ('loading') {
            <p>Loading the list…</p>
          }
          @case ('none') {
            <p>Without credentials there is nothing to see.</p>
          }
          @case ('failed') {
            <p><span class="badge warning">Not listed</span> {{ shown.problem }}</p>
          }
          @case ('listed') {
            @if (shown.files.length > 0) {
              <app-files-table [files]="shown.files" />
            } @else {
              <p>No files yet.</p>
            }
          }
        }
      </div>
    </section>
  `,
})
export class FilesCard {
  private readonly files = inject(Files);
  private readonly destroyRef = inject(DestroyRef);
  private readonly changes = new BehaviorSubject<void>(undefined);

  protected readonly isBusy = signal(false);
  protected readonly problem = signal<string | null>(null);
  /** Listed anew for each identity, and after each upload. */
  protected readonly listing = toSignal(
    combineLatest([inject(AwsCredentialsService).identityId$, this.changes]).pipe(
      switchMap(([identityId]) => (identityId === null ? of<Listing>({ kind: 'none' }) : this.list())),
    ),
    { initialValue: { kind: 'loading' } as const },
  );

  protected upload(input: HTMLInputElement): void {
    const file = input.files?.[0];
    if (file === undefined || this.isBusy()) return;
    this.isBusy.set(true);
    this.problem.set(null);
    this.files
      .upload(file)
      .pipe(
        finalize(() => this.isBusy.set(false)),
        takeUntilDestroyed(this.destroyRef),
      )
      .subscribe({
        next: () => this.changes.next(),
        error: (error: unknown) => this.problem.set(describeAwsProblem(error)),
      });
    // The same file can be chosen again.
    input.value = '';
  }

  private list(): Observable<Listing> {
    return this.files.list().pipe(
      map((files): Listing => ({ kind: 'listed', files })),
      catchError((error: unknown) => of<Listing>({ kind: 'failed', problem: describeAwsProblem(error) })),
    );
  }
}
