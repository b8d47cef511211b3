package vn.sodiaban.fieldbook.enrol

import android.os.SystemClock
import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import vn.sodiaban.fieldbook.core.Change
import vn.sodiaban.fieldbook.core.EnrolmentCode
import vn.sodiaban.fieldbook.core.FieldbookInterface
import vn.sodiaban.fieldbook.core.Standing
import vn.sodiaban.fieldbook.core.Status
import vn.sodiaban.fieldbook.me.Choices
import vn.sodiaban.fieldbook.ui.Outcome
import vn.sodiaban.fieldbook.ui.Reading
import vn.sodiaban.fieldbook.ui.outcome
import vn.sodiaban.fieldbook.ui.reading

/** Looks whose code it is, enrols this phone, and watches the first data arrive while a PIN is thought of. */
class EnrolViewModel(
    private val fieldbook: FieldbookInterface,
    private val choices: Choices,
    private val device: String,
    /** Whoever sets a PIN is not asked for it at once. */
    private val onPinKept: () -> Unit,
) : ViewModel() {
    private val shown = MutableStateFlow(EnrolState())
    val state: StateFlow<EnrolState> = shown.asStateFlow()
    private var code: EnrolmentCode? = null

    init {
        // Killed after the code was used up: it goes on where it was.
        viewModelScope.launch {
            val standing = (outcome { fieldbook.status() } as? Outcome.Done)?.value?.standing
            if (standing == Standing.FILLING || standing == Standing.READY) enrolled()
        }
    }

    fun look(code: EnrolmentCode) = busy {
        when (val outcome = outcome { fieldbook.enrolLook(code) }) {
            is Outcome.Failed -> shown.update { it.copy(problem = outcome.problem) }

            is Outcome.Done -> {
                this@EnrolViewModel.code = code
                shown.update { it.copy(step = EnrolStep.CONFIRM, look = outcome.value) }
            }
        }
    }

    fun confirm() = busy {
        val code = code ?: return@busy
        when (val outcome = outcome { fieldbook.enrol(code, device) }) {
            is Outcome.Failed -> shown.update { it.copy(problem = outcome.problem) }
            is Outcome.Done -> enrolled()
        }
    }

    fun keepPin(pin: String) = busy {
        onPinKept()
        choices.setPin(pin)
        skipPin()
    }

    fun skipPin() = shown.update { it.copy(step = EnrolStep.FILLING) }

    /** One step back; from the first step there is no way back. */
    fun back() = shown.update { it.copy(step = EnrolStep.CODE, look = null, problem = null) }

    /** Asks the office for everything, and tells how far it is. */
    fun fill() {
        viewModelScope.launch {
            shown.update { it.copy(filling = it.filling.copy(trouble = null)) }
            coroutineScope {
                val watch = launch { watchFilling() }
                val outcome = outcome { fieldbook.syncNow() }
                watch.cancel()
                shown.update {
                    when (outcome) {
                        is Outcome.Failed -> it.copy(problem = outcome.problem)

                        is Outcome.Done -> it.copy(
                            filling = Filling(
                                left = outcome.value.traffic.waitingAtOffice,
                                isUsable = it.filling.isUsable || outcome.value.complete,
                                isComplete = outcome.value.complete,
                                trouble = outcome.value.trouble,
                            ),
                        )
                    }
                }
            }
        }
    }

    private fun enrolled() {
        val next = if (choices.chosen.value.hasPin) EnrolStep.FILLING else EnrolStep.PIN
        shown.update { it.copy(step = next, problem = null) }
        fill()
    }

    private suspend fun watchFilling() {
        val start = SystemClock.elapsedRealtime()
        var first = 0L
        fieldbook.reading(Change.TRAFFIC, Change.RECORDS) { status() }.collect { status ->
            if (status !is Reading.Ready) return@collect
            val left = status.value.traffic.waitingAtOffice
            first = maxOf(first, left)
            val seconds = secondsLeft(first, left, SystemClock.elapsedRealtime() - start)
            shown.update { it.copy(filling = it.filling.copy(left = left, secondsLeft = seconds, isUsable = isUsable(status.value))) }
        }
    }

    private fun isUsable(status: Status) = status.standing == Standing.READY

    private fun busy(work: suspend () -> Unit) {
        if (shown.value.isBusy) return
        shown.update { it.copy(isBusy = true, problem = null) }
        viewModelScope.launch {
            work()
            shown.update { it.copy(isBusy = false) }
        }
    }
}

/** At the pace so far; none before anything has come. */
internal fun secondsLeft(first: Long, left: Long, elapsedMillis: Long): Int? {
    val come = first - left
    return if (come <= 0 || left == 0L) null else (elapsedMillis * left / come / 1000).toInt() + 1
}
