import { createRoot } from 'react-dom/client';
import { required } from '#domain/base/assert-never.ts';

createRoot(required(document.getElementById('root'), 'the page has a root element')).render(null);
