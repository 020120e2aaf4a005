import { newApp, run } from '../testing-support/virtual-app';

const guardOf = async (options: object) => {
  const { tree } = await run('guard', options, await newApp());
  return tree.readText('src/app/staff-guard.ts');
};

describe('ng generate ngx-cognito-session:guard', () => {
  it.each([
    [{ group: ['staff'] }, "export const staffGuard = groupGuard('staff', { denied: '/' });"],
    [
      { group: ['staff', 'admins'], denied: '/no-access' },
      "groupGuard({ any: ['staff', 'admins'] }, { denied: '/no-access' });",
    ],
    [{}, 'export const staffGuard = createSessionGuard((session) => '],
  ])('creates a guard for %j', async (options, code) => {
    expect(await guardOf({ name: 'staff', ...options })).toContain(code);
  });

  it('takes a name with the word guard', async () => {
    expect(await guardOf({ name: 'staffGuard' })).toContain('export const staffGuard = ');
  });

  it('creates no test with skipTests', async () => {
    const { tree } = await run('guard', { name: 'staff', skipTests: true }, await newApp());

    expect(tree.exists('src/app/staff-guard.spec.ts')).toBe(false);
  });

  it('leaves a guard of that name as it is', async () => {
    const app = await newApp();
    app.create('src/app/staff-guard.ts', '// mine\n');

    const { tree, output } = await run('guard', { name: 'staff' }, app);

    expect(tree.readText('src/app/staff-guard.ts')).toBe('// mine\n');
    expect(output).toContain('src/app/staff-guard.ts is there already.');
  });
});
