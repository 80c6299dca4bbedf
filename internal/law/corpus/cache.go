package corpus

import (
	"container/list"
	"sync"
)

// A cache keeps what was used last, up to a weight. What it keeps never changes,
// so nothing is ever out of date.
type cache[K comparable, V any] struct {
	mu    sync.Mutex
	most  int // bytes, about
	used  int
	items map[K]*list.Element
	order *list.List // the last used in front
}

type kept[K comparable, V any] struct {
	key    K
	value  V
	weight int
}

func newCache[K comparable, V any](most int) *cache[K, V] {
	return &cache[K, V]{most: most, items: map[K]*list.Element{}, order: list.New()}
}

// get returns what is kept under the key, else what load makes, and keeps it.
// Two who ask at once may both load.
func (c *cache[K, V]) get(key K, load func() (value V, weight int, err error)) (V, error) {
	c.mu.Lock()
	if e, ok := c.items[key]; ok {
		c.order.MoveToFront(e)
		c.mu.Unlock()
		return e.Value.(kept[K, V]).value, nil
	}
	c.mu.Unlock()
	value, weight, err := load()
	if err != nil || weight > c.most {
		return value, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.items[key]; ok {
		return value, nil
	}
	c.items[key] = c.order.PushFront(kept[K, V]{key, value, weight})
	for c.used += weight; c.used > c.most; {
		last := c.order.Remove(c.order.Back()).(kept[K, V])
		delete(c.items, last.key)
		c.used -= last.weight
	}
	return value, nil
}
