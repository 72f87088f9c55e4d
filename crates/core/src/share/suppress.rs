//! Counts that may be shown: small ones are suppressed, and so many more that nobody can work them out from
//! the totals.
//!
//! A table with its totals is a network: each line and each column adds up. Whoever sees the table knows of
//! every suppressed count that it is at least 1 (zeros are shown). How far a count could be off without any
//! sum being wrong is then a greatest flow through the suppressed counts; a small count is safe if it could
//! as well be `k` or more. Source: Willenborg and de Waal, "Elements of Statistical Disclosure Control",
//! on cell suppression in two-dimensional tables.

use std::collections::VecDeque;

/// Counts with totals: the last line and the last column are sums.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Line by line.
    pub cells: Vec<Vec<u64>>,
}

/// The same, with what must not be shown left out.
pub type Shown = Vec<Vec<Option<u64>>>;

impl Counts {
    /// Adds the sums to counts without.
    pub fn with_totals(mut cells: Vec<Vec<u64>>) -> Self {
        for line in &mut cells {
            line.push(line.iter().sum());
        }
        let width = cells.first().map_or(1, Vec::len);
        cells.push((0..width).map(|column| cells.iter().map(|line| line[column]).sum()).collect());
        Self { cells }
    }

    /// The table as it may be shown.
    pub fn suppressed(&self, k: u64) -> Shown {
        let mut hidden: Vec<Vec<bool>> =
            self.cells.iter().map(|line| line.iter().map(|count| (1..k).contains(count)).collect()).collect();
        let mut hidden_before = usize::MAX;
        while let Some((row, column)) = self.unsafe_cell(&hidden, k) {
            let count = hidden.iter().flatten().filter(|hidden| **hidden).count();
            if count == hidden_before {
                // Even everything near it is not enough: nothing of the table is shown but zeros.
                return self
                    .cells
                    .iter()
                    .map(|line| line.iter().map(|count| (*count == 0).then_some(0)).collect())
                    .collect();
            }
            hidden_before = count;
            let more = self.cycle(&hidden, (row, column), k).unwrap_or_else(|| self.everything_near(row, column));
            for (row, column) in more {
                hidden[row][column] = true;
            }
        }
        let shown = |row: usize, column: usize| (!hidden[row][column]).then(|| self.cells[row][column]);
        (0..self.cells.len()).map(|row| (0..self.cells[row].len()).map(|column| shown(row, column)).collect()).collect()
    }

    /// A small count that could be worked out.
    fn unsafe_cell(&self, hidden: &[Vec<bool>], k: u64) -> Option<(usize, usize)> {
        let cells =
            || (0..self.cells.len()).flat_map(|row| (0..self.cells[row].len()).map(move |column| (row, column)));
        cells().find(|&(row, column)| {
            let count = self.cells[row][column];
            (1..k).contains(&count) && count + self.slack(hidden, (row, column), k) < k
        })
    }

    /// By how much a hidden count could be larger, up to `most`.
    // Lines and columns are both indexes and nodes.
    #[allow(clippy::needless_range_loop)]
    fn slack(&self, hidden: &[Vec<bool>], (row, column): (usize, usize), most: u64) -> u64 {
        let (rows, columns) = (self.cells.len(), self.cells[0].len());
        let mut now: Vec<Vec<i64>> =
            self.cells.iter().map(|line| line.iter().map(|count| *count as i64).collect()).collect();
        let is_sum = |row: usize, column: usize| (row + 1 == rows) != (column + 1 == columns);
        // A total counts the other way in its sum: where others grow, it shrinks.
        let can = |now: &[Vec<i64>], r: usize, c: usize, grow: bool| {
            let free = if grow == is_sum(r, c) { now[r][c] - 1 } else { i64::MAX };
            if hidden[r][c] && (r, c) != (row, column) { free } else { 0 }
        };
        let mut moved = 0;
        let start_is_sum = is_sum(row, column);
        while moved < most {
            // From the line, whose sum is now too large, over counts that shrink and grow by turns, to the column.
            let mut from_row: Vec<Option<usize>> = vec![None; rows];
            let mut from_column: Vec<Option<usize>> = vec![None; columns];
            let mut queue = VecDeque::from([(true, row)]);
            from_row[row] = Some(usize::MAX);
            while let Some((is_row, at)) = queue.pop_front() {
                if is_row {
                    for next in 0..columns {
                        if from_column[next].is_none() && can(&now, at, next, start_is_sum) > 0 {
                            from_column[next] = Some(at);
                            queue.push_back((false, next));
                        }
                    }
                } else {
                    for next in 0..rows {
                        if from_row[next].is_none() && can(&now, next, at, !start_is_sum) > 0 {
                            from_row[next] = Some(at);
                            queue.push_back((true, next));
                        }
                    }
                }
            }
            if from_column[column].is_none() {
                break;
            }
            let step = |r: usize, c: usize, grow: bool| if grow == is_sum(r, c) { -1 } else { 1 };
            let mut at = column;
            while let Some(r) = from_column[at] {
                now[r][at] += step(r, at, start_is_sum);
                let Some(c) = from_row[r].filter(|c| *c != usize::MAX) else { break };
                now[r][c] += step(r, c, !start_is_sum);
                at = c;
            }
            moved += 1;
        }
        moved
    }

    /// The cheapest counts to hide so that this one is safe: those along which it could grow to `k`. Counts
    /// that are hidden already cost nothing, sums cost most.
    fn cycle(&self, hidden: &[Vec<bool>], start: (usize, usize), k: u64) -> Option<Vec<(usize, usize)>> {
        let (rows, columns) = (self.cells.len(), self.cells[0].len());
        let is_sum = |(row, column): (usize, usize)| (row + 1 == rows) != (column + 1 == columns);
        let need = k - self.cells[start.0][start.1];
        // A zero is shown; a count that has to shrink must be large enough.
        let cost = |cell: (usize, usize), grow: bool| {
            let count = self.cells[cell.0][cell.1];
            let fits = count > 0 && (grow != is_sum(cell) || count > need);
            let edge = cell.0 + 1 == rows || cell.1 + 1 == columns;
            let own = if hidden[cell.0][cell.1] { 0 } else { count + 1 + if edge { 1 << 40 } else { 0 } };
            (fits && cell != start).then_some(own)
        };
        let grow = is_sum(start);
        // Nodes: lines, then columns. Costs only fall, so after as many rounds as nodes they are least.
        let mut best: Vec<Option<(u64, (usize, usize))>> = vec![None; rows + columns];
        let mut reached: Vec<Option<u64>> = vec![None; rows + columns];
        reached[start.0] = Some(0);
        for _ in 0..rows + columns {
            for row in 0..rows {
                for column in 0..columns {
                    let cell = (row, column);
                    for (from, to, grow) in [(row, rows + column, grow), (rows + column, row, !grow)] {
                        let (Some(here), Some(own)) = (reached[from], cost(cell, grow)) else { continue };
                        if to != start.0 && reached[to].is_none_or(|known| here + own < known) {
                            reached[to] = Some(here + own);
                            best[to] = Some((here + own, cell));
                        }
                    }
                }
            }
        }
        let mut path = Vec::new();
        let mut at = rows + start.1;
        while at != start.0 {
            let (_, cell) = best[at]?;
            path.push(cell);
            at = if at >= rows { cell.0 } else { rows + cell.1 };
        }
        Some(path)
    }

    /// The line and the column of a count with their sums, where nothing less helps.
    fn everything_near(&self, row: usize, column: usize) -> Vec<(usize, usize)> {
        let (rows, columns) = (self.cells.len(), self.cells[0].len());
        let all = (0..rows).flat_map(|r| (0..columns).map(move |c| (r, c)));
        all.filter(|&(r, c)| self.cells[r][c] > 0 && (r == row || c == column || r + 1 == rows || c + 1 == columns))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Least and greatest value of each hidden count that an attacker finds who tries everything.
    #[allow(clippy::items_after_statements)]
    fn solve(shown: &Shown, most: u64) -> Vec<((usize, usize), u64, u64)> {
        let (rows, columns) = (shown.len(), shown[0].len());
        let hidden: Vec<(usize, usize)> =
            (0..rows).flat_map(|r| (0..columns).map(move |c| (r, c))).filter(|&(r, c)| shown[r][c].is_none()).collect();
        let mut range: Vec<(u64, u64)> = vec![(u64::MAX, 0); hidden.len()];
        let mut cells: Vec<Vec<u64>> =
            shown.iter().map(|line| line.iter().map(|count| count.unwrap_or(0)).collect()).collect();
        fn fits(cells: &[Vec<u64>]) -> bool {
            let (rows, columns) = (cells.len(), cells[0].len());
            (0..rows).all(|r| cells[r][..columns - 1].iter().sum::<u64>() == cells[r][columns - 1])
                && (0..columns).all(|c| (0..rows - 1).map(|r| cells[r][c]).sum::<u64>() == cells[rows - 1][c])
        }
        fn go(at: usize, hidden: &[(usize, usize)], cells: &mut Vec<Vec<u64>>, range: &mut [(u64, u64)], most: u64) {
            let Some(&(r, c)) = hidden.get(at) else {
                if fits(cells) {
                    for ((low, high), &(r, c)) in range.iter_mut().zip(hidden) {
                        (*low, *high) = ((*low).min(cells[r][c]), (*high).max(cells[r][c]));
                    }
                }
                return;
            };
            for value in 1..=most {
                cells[r][c] = value;
                go(at + 1, hidden, cells, range, most);
            }
        }
        go(0, &hidden, &mut cells, &mut range, most);
        hidden.into_iter().zip(range).map(|(at, (low, high))| (at, low, high)).collect()
    }

    #[test]
    fn one_small_count_takes_three_others_along() {
        let counts = Counts::with_totals(vec![vec![2, 9], vec![8, 7]]);
        let shown = counts.suppressed(5);
        assert_eq!(shown.iter().flatten().filter(|count| count.is_none()).count(), 4, "{shown:?}");
        for ((row, column), low, high) in solve(&shown, 22) {
            assert!(low <= counts.cells[row][column] && high >= 5 && high > low, "{shown:?}");
        }
    }

    #[test]
    fn no_small_count_can_be_worked_out() {
        // A generator of its own: the same tables every time.
        let mut state = 7_u64;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let (mut tables, mut small) = (0, 0);
        for _ in 0..300 {
            let cells: Vec<Vec<u64>> = (0..2 + next(2))
                .map(|_| (0..2).map(|_| if next(3) == 0 { next(5) } else { next(9) }).collect())
                .collect();
            let counts = Counts::with_totals(cells);
            let shown = counts.suppressed(5);
            assert!(shown.iter().flatten().flatten().all(|count| *count == 0 || *count >= 5), "{shown:?}");
            if shown.iter().flatten().filter(|count| count.is_none()).count() > 4 {
                continue;
            }
            tables += 1;
            for ((row, column), low, high) in solve(&shown, 22) {
                if (1..5).contains(&counts.cells[row][column]) {
                    small += 1;
                    assert!(low < high && high >= 5, "{counts:?} {shown:?} ({row}, {column}) is {low} to {high}");
                }
            }
        }
        assert!(tables > 20 && small > 20, "{tables} {small}");
    }

    #[test]
    fn nothing_small_nothing_hidden() {
        let counts = Counts::with_totals(vec![vec![0, 9], vec![5, 70]]);
        assert!(counts.suppressed(5).iter().flatten().all(Option::is_some));
        let single = Counts::with_totals(vec![vec![3]]);
        assert!(single.suppressed(5).iter().flatten().all(Option::is_none));
    }
}
