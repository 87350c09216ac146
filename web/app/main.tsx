import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './main.css';
import { createRoot } from 'react-dom/client';
import { startTexts } from '../lib/i18n/i18n.ts';
import { Console } from './console.tsx';
import { createConsoleRouter } from './router.tsx';

startTexts();
createRoot(document.getElementById('root')!).render(<Console router={createConsoleRouter()} />);
