package vn.sodiaban.fieldbook.words

import androidx.annotation.StringRes
import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.AnswerWay
import vn.sodiaban.fieldbook.core.CaseAction
import vn.sodiaban.fieldbook.core.CaseState
import vn.sodiaban.fieldbook.core.Handling
import vn.sodiaban.fieldbook.core.ProblemPart

/** Where a case stands, as a sentence: who has to do what next. */
@StringRes
fun CaseState.sentence(): Int = when (this) {
    CaseState.RECORDED -> R.string.stands_recorded
    CaseState.RECEIVED -> R.string.stands_received
    CaseState.SORTED -> R.string.stands_sorted
    CaseState.FORWARDED -> R.string.stands_forwarded
    CaseState.ADVISED -> R.string.stands_advised
    CaseState.ACCEPTED -> R.string.stands_accepted
    CaseState.DECLINED -> R.string.stands_declined
    CaseState.IN_PROGRESS -> R.string.stands_in_progress
    CaseState.EXTENDED -> R.string.stands_extended
    CaseState.SUSPENDED -> R.string.stands_suspended
    CaseState.WITHDRAWN -> R.string.stands_withdrawn
    CaseState.RESOLVED -> R.string.stands_resolved
    CaseState.ANSWERED -> R.string.stands_answered
    CaseState.CLOSED -> R.string.stands_closed
    CaseState.RETURNED -> R.string.stands_returned
    CaseState.SETTLED -> R.string.stands_settled
    CaseState.UNKNOWN -> R.string.state_unknown
}

/** What happened. */
@StringRes
fun CaseAction.word(): Int = when (this) {
    CaseAction.RECEIVE -> R.string.state_received
    CaseAction.SORT -> R.string.state_sorted
    CaseAction.FORWARD -> R.string.state_forwarded
    CaseAction.ADVISE -> R.string.state_advised
    CaseAction.ACCEPT -> R.string.state_accepted
    CaseAction.DECLINE -> R.string.state_declined
    CaseAction.START -> R.string.state_in_progress
    CaseAction.EXTEND -> R.string.state_extended
    CaseAction.SUSPEND -> R.string.state_suspended
    CaseAction.RESUME -> R.string.history_resumed
    CaseAction.WITHDRAW -> R.string.state_withdrawn
    CaseAction.RESOLVE -> R.string.state_resolved
    CaseAction.ANSWER -> R.string.state_answered
    CaseAction.CLOSE -> R.string.state_closed
    CaseAction.REOPEN -> R.string.history_reopened
    CaseAction.SEND_BACK -> R.string.state_returned
    CaseAction.RESUBMIT -> R.string.history_resubmitted
    CaseAction.NOTE -> R.string.history_note
    CaseAction.UNKNOWN -> R.string.state_unknown
}

/** What one may do, as on a button. */
@StringRes
fun CaseAction.deed(): Int = when (this) {
    CaseAction.RECEIVE -> R.string.deed_receive
    CaseAction.SORT -> R.string.deed_sort
    CaseAction.FORWARD -> R.string.deed_forward
    CaseAction.ADVISE -> R.string.deed_advise
    CaseAction.ACCEPT -> R.string.deed_accept
    CaseAction.DECLINE -> R.string.deed_decline
    CaseAction.START -> R.string.deed_start
    CaseAction.EXTEND -> R.string.deed_extend
    CaseAction.SUSPEND -> R.string.deed_suspend
    CaseAction.RESUME -> R.string.deed_resume
    CaseAction.WITHDRAW -> R.string.deed_withdraw
    CaseAction.RESOLVE -> R.string.deed_resolve
    CaseAction.ANSWER -> R.string.state_answered
    CaseAction.CLOSE -> R.string.deed_close
    CaseAction.REOPEN -> R.string.deed_reopen
    CaseAction.SEND_BACK -> R.string.deed_send_back
    CaseAction.RESUBMIT -> R.string.screen_case_correct_and_send
    CaseAction.NOTE -> R.string.screen_case_note
    CaseAction.UNKNOWN -> R.string.state_unknown
}

/** Cannot be done without a reason. */
fun CaseAction.asksReason(): Boolean =
    this in setOf(CaseAction.DECLINE, CaseAction.EXTEND, CaseAction.SUSPEND, CaseAction.SEND_BACK)

@StringRes
fun AnswerWay.word(): Int = when (this) {
    AnswerWay.IN_PERSON -> R.string.way_in_person
    AnswerWay.PHONE -> R.string.way_phone
    AnswerWay.LETTER -> R.string.way_letter
    AnswerWay.MEETING -> R.string.way_meeting
    AnswerWay.UNKNOWN -> R.string.state_unknown
}

/** "Đề xuất lên xã, phường, đặc khu". */
@Composable
fun ProblemPart.words(): String = when (handling) {
    Handling.ON_THE_SPOT -> stringResource(R.string.state_settled)
    Handling.PROPOSED -> stringResource(R.string.screen_case_proposed, toLevel?.let { stringResource(it.word()) }.orEmpty())
    Handling.UNKNOWN -> stringResource(R.string.state_unknown)
}
