import type { IncomingMessage } from 'node:http';
import { requestOf } from './index';

const requestWith = (headers: IncomingMessage['headers']) =>
  requestOf({ method: 'GET', url: '/', headers } as IncomingMessage);

it('a header with text that HTTP does not have is no obstacle: gateways before serverless hosts decode it', () => {
  const { headers } = requestWith({ cookie: 'theme=dark', 'cloudfront-viewer-city': '東京 Zürich' });

  expect([headers.get('cookie'), headers.get('cloudfront-viewer-city')]).toEqual(['theme=dark', '?? Zürich']);
});
