import '~/theme/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '~/app/App';
import { chosenLanguage, speak } from '~/app/i18n';
import { createQueryClient } from '~/app/queryClient';
import { createStudioRouter } from '~/app/router';

const place = document.getElementById('root');
if (!place) throw new Error('index.html has no #root');

await speak([chosenLanguage() ?? [], navigator.languages].flat());
createRoot(place).render(
  <StrictMode>
    <App client={createQueryClient()} router={createStudioRouter()} />
  </StrictMode>,
);
