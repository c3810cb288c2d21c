import { usePage } from './context';
import { type ApiProblem } from '../api-result';
import { credentialsOf } from '../auth/credentials';
import { type Page } from '../stores/page';
import { type Message } from '../words/message';
import { problemMessage, type ProblemContext } from '../words/problems';

/** Returns what messages say about the situation of the page. */
export function problemContext({ formats, hasGallery, session, connection, budget }: Page): ProblemContext {
  const daily = budget.budget.value;
  return {
    formats,
    credentials: credentialsOf(session.auth),
    hasGallery,
    hasOtherModels: (connection.capabilities.value?.models.length ?? 0) > 1,
    ...(daily && { budget: daily }),
  };
}

/** Returns the message of a problem in the situation of the page. */
export function useProblemMessage(): (problem: ApiProblem) => Message {
  const page = usePage();
  return (problem) => problemMessage(problem, problemContext(page));
}
