import { useState } from 'react';
import { order, useCreate } from '~/features/create/queries';
import { sayProblem } from '~/features/toasts/problem';
import { samples } from './samples';

/** Makes the six sample pictures: a job for each, one asked for after the other. */
export function useSamples() {
  const { mutateAsync } = useCreate();
  const [asking, setAsking] = useState(false);
  const make = async () => {
    setAsking(true);
    try {
      for (const body of samples()) await mutateAsync(order(body));
    } catch (thrown) {
      sayProblem(thrown);
    } finally {
      setAsking(false);
    }
  };
  return { asking, make: () => void make() };
}
