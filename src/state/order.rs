//! Sorting short lists. The standard library's sort is the right one for long lists, and 4 kB of program for each kind of list;
//! the app's lists are of tens.

/// Sorts in place; what is equal keeps its order. `before`: whether the first stands before the second.
pub fn sort<T>(items: &mut [T], before: impl Fn(&T, &T) -> bool) {
    for sorted in 1..items.len() {
        let mut at = sorted;
        while at > 0 && before(&items[at], &items[at - 1]) {
            items.swap(at, at - 1);
            at -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sort;

    #[test]
    fn it_sorts_and_keeps_the_order_of_equals() {
        let mut items = vec![(3, 'a'), (1, 'b'), (3, 'c'), (2, 'd'), (1, 'e')];
        sort(&mut items, |a, b| a.0 < b.0);
        assert_eq!(items, [(1, 'b'), (1, 'e'), (2, 'd'), (3, 'a'), (3, 'c')]);
        sort(&mut Vec::<u8>::new(), |a, b| a < b);
    }
}
