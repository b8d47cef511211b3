package vn.sodiaban.fieldbook.sending

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import vn.sodiaban.fieldbook.Graph
import vn.sodiaban.fieldbook.ui.Outcome
import vn.sodiaban.fieldbook.ui.outcome

/**
 * In sight, the app sends by itself and says nothing beside its pages; out of sight, the system takes over what still waits. It outlives
 * the activity, which may end right after it went out of sight. Called on the main thread only.
 */
class Presence(private val graph: Graph) {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)

    /** What was begun last; the one before it has ended when it begins. */
    internal var turn: Job? = null
        private set

    fun shown() {
        graph.teller.isInSight = true
        inTurn {
            graph.open()
            launch { graph.teller.seen() }
            launch { graph.plan.hourly() }
            graph.networkWatch.network.collect { network ->
                outcome { graph.fieldbook.setNetwork(network) }
                outcome { graph.fieldbook.startSending() }
            }
        }
    }

    fun hidden() {
        graph.teller.isInSight = false
        inTurn {
            graph.open()
            outcome { graph.fieldbook.stopSending() }
            graph.teller.seen()
            val status = outcome { graph.fieldbook.status() }
            if (status is Outcome.Done && status.value.traffic.run { recordsWaiting + photosWaiting } > 0) graph.plan.soon()
        }
    }

    private fun inTurn(work: suspend CoroutineScope.() -> Unit) {
        val before = turn
        turn = scope.launch {
            before?.cancelAndJoin()
            work()
        }
    }
}
