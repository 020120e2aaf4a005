import { DatePipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { describeSize } from '../../../../../demo/src/app/panels/aws-credentials/describe-size';
import type { StoredFile } from './files';

@Component({
  selector: 'app-files-table',
  imports: [DatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './files-table.css',
  template: `
    <table>
      <caption class="visually-hidden">
        Files
      </caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col" class="number">Size</th>
          <th scope="col" class="number">Stored</th>
        </tr>
      </thead>
      <tbody>
        @for (file of files(); track file.name) {
          <tr>
            <th scope="row">{{ file.name }}</th>
            <td class="number">{{ sizeOf(file.bytes) }}</td>
            <td class="number">{{ file.storedAt | date: 'HH:mm:ss' }}</td>
          </tr>
        }
      </tbody>
    </table>
  `,
})
export class FilesTable {
  readonly files = input.required<readonly StoredFile[]>();

  protected readonly sizeOf = describeSize;
}
