import '~/theme/index.css';
import { createRoot } from 'react-dom/client';

createRoot(document.getElementById('root') as HTMLElement).render(<p className="panel text-body">Image Studio</p>);
