import { HttpContext, HttpContextToken } from '@angular/common/http';
import { SESSION_CONTEXT, sessionContext } from './session-context';

const OTHER = new HttpContextToken(() => 'default');

describe('sessionContext', () => {
  it('says nothing unless it is told', () => {
    expect(new HttpContext().get(SESSION_CONTEXT)).toEqual({});
    expect(sessionContext({}).get(SESSION_CONTEXT)).toEqual({});
  });

  it('takes over what another context holds, and leaves that as it is', () => {
    const base = new HttpContext().set(OTHER, 'own');

    const context = sessionContext({ attach: false }, base);

    expect(context.get(OTHER)).toBe('own');
    expect(context.get(SESSION_CONTEXT)).toEqual({ attach: false });
    expect([...base.keys()]).toEqual([OTHER]);
  });

  it('adds to what was said before', () => {
    const before = sessionContext({ tokenUse: 'id', retryOnUnauthorized: false });

    expect(sessionContext({ tokenUse: 'access' }, before).get(SESSION_CONTEXT)).toEqual({
      tokenUse: 'access',
      retryOnUnauthorized: false,
    });
    expect(before.get(SESSION_CONTEXT).tokenUse).toBe('id');
  });
});
