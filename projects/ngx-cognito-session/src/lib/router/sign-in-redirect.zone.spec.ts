import './sign-in-redirect.spec';
