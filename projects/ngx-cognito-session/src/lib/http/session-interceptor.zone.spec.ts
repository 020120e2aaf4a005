import './session-interceptor.spec';
