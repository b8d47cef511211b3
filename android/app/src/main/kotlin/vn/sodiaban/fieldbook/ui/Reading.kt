package vn.sodiaban.fieldbook.ui

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.emptyFlow
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.merge
import kotlinx.coroutines.flow.onStart
import vn.sodiaban.fieldbook.core.Change
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.FieldbookInterface

/** What a screen shows of the notebook. */
sealed interface Reading<out T> {
    data object Loading : Reading<Nothing>

    data class Failed(val problem: FieldbookException) : Reading<Nothing>

    data class Ready<T>(val value: T) : Reading<T>
}

/** How a call ended. The only place where the core's errors are caught. */
sealed interface Outcome<out T> {
    data class Done<T>(val value: T) : Outcome<T>

    data class Failed(val problem: FieldbookException) : Outcome<Nothing>
}

suspend fun <T> outcome(call: suspend () -> T): Outcome<T> = try {
    Outcome.Done(call())
} catch (problem: FieldbookException) {
    Outcome.Failed(problem)
}

/** News from now on, until the collector goes away. */
fun FieldbookInterface.news(): Flow<Change> = flow {
    changes().use { changes -> while (true) emit(changes.next() ?: break) }
}

/** Reads once, then again whenever one of [about] changed, or somebody asks [again]. Slow reading skips news, never the last. */
fun <T> FieldbookInterface.reading(
    vararg about: Change,
    again: Flow<Unit> = emptyFlow(),
    read: suspend FieldbookInterface.() -> T,
): Flow<Reading<T>> {
    val matters = setOf(Change.EVERYTHING, *about)
    return merge(news().filter { it in matters }, again.map { Change.EVERYTHING })
        .onStart { emit(Change.EVERYTHING) }
        .conflate()
        .map {
            when (val outcome = outcome { read() }) {
                is Outcome.Done -> Reading.Ready(outcome.value)
                is Outcome.Failed -> Reading.Failed(outcome.problem)
            }
        }
}

/** How long a screen that is out of sight stays up to date: longer than a rotation takes. */
const val KEEP_MS = 5_000L
