import './create-auth-fetch.spec';
