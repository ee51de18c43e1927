"""Random numbers that are the same under every version of Python (splitmix64, integers only)."""

MASK = (1 << 64) - 1


class Chance:
    def __init__(self, seed):
        self.state = seed & MASK

    def next(self):
        """The next 64 random bits."""
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def below(self, n):
        """A number from 0 to n - 1."""
        return (self.next() * n) >> 64

    def between(self, low, high):
        """A number from low to high, both included."""
        return low + self.below(high - low + 1)

    def percent(self, n):
        """True in n of 100 cases."""
        return self.below(100) < n

    def pick(self, items):
        return items[self.below(len(items))]

    def weighted(self, pairs):
        """One of [(item, weight), ...]."""
        at = self.below(sum(weight for _, weight in pairs))
        for item, weight in pairs:
            if at < weight:
                return item
            at -= weight
        raise AssertionError("weights do not add up")

    def shuffled(self, items):
        mixed = list(items)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed

    def sample(self, items, n):
        """n different items in their own order (fewer if there are not so many)."""
        places = sorted(self.shuffled(range(len(items)))[:n])
        return [items[place] for place in places]
