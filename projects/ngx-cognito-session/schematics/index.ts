export { ngAdd } from './ng-add/ng-add';
export { signIn } from './sign-in/sign-in';
export { guard } from './guard/guard';
