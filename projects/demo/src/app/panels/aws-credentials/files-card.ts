import { ChangeDetectionStrategy, Component, DestroyRef, inject, input, signal } from '@angular/core';
import { takeUntilDestroyed, toObservable, toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { MatCard, MatCardContent } from '@angular/material/card';
import type { AwsCredentialsService } from 'ngx-cognito-session/aws-credentials';
import {
  BehaviorSubject,
  catchError,
  combineLatest,
  finalize,
  from,
  map,
  of,
  switchMap,
  type Observable,
} from 'rxjs';
import { Loading } from '../../ui/loading';
import { Notice } from '../../ui/notice';
import { allowXmlParsing } from './allow-xml-parsing';
import type { Bucket, StoredFile } from './bucket';
import { describeAwsProblem } from './describe-aws-problem';
import { describeSize } from './describe-size';
import type { Files } from './files';

type Listing =
  | { readonly kind: 'loading' }
  /** No identity: nothing to list. */
  | { readonly kind: 'none' }
  | { readonly kind: 'listed'; readonly files: readonly StoredFile[] }
  | { readonly kind: 'failed'; readonly problem: string };

/** The files below the prefix of the current identity, in S3. The client is loaded when there is an identity. */
@Component({
  selector: 'app-files-card',
  imports: [Loading, MatButton, MatCard, MatCardContent, Notice],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './cards.css',
  templateUrl: './files-card.html',
})
export class FilesCard {
  readonly aws = input.required<AwsCredentialsService>();
  readonly bucket = input.required<Bucket>();

  private readonly destroyRef = inject(DestroyRef);
  private readonly changes = new BehaviorSubject<void>(undefined);
  private loaded: Promise<Files> | undefined;

  protected readonly sizeOf = describeSize;
  protected readonly isBusy = signal(false);
  protected readonly problem = signal<string | null>(null);
  /** Listed anew for each identity, and after each upload. */
  protected readonly listing = toSignal(
    combineLatest([toObservable(this.aws).pipe(switchMap((aws) => aws.identityId$)), this.changes]).pipe(
      switchMap(([identityId]) => (identityId === null ? of<Listing>({ kind: 'none' }) : this.list())),
    ),
    { initialValue: { kind: 'loading' } as const },
  );

  protected upload(input: HTMLInputElement): void {
    const file = input.files?.[0];
    if (file === undefined || this.isBusy()) return;
    this.isBusy.set(true);
    this.problem.set(null);
    from(this.files())
      .pipe(
        switchMap((files) => files.upload(file)),
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
    return from(this.files()).pipe(
      switchMap((files) => files.list()),
      map((files): Listing => ({ kind: 'listed', files })),
      catchError((error: unknown) => of<Listing>({ kind: 'failed', problem: describeAwsProblem(error) })),
    );
  }

  private files(): Promise<Files> {
    return (this.loaded ??= import('./files').then(({ Files }) => {
      allowXmlParsing();
      return new Files(this.aws(), this.bucket());
    }));
  }
}
