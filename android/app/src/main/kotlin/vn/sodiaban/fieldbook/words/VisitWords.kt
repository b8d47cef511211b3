package vn.sodiaban.fieldbook.words

import androidx.annotation.StringRes
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.Handling
import vn.sodiaban.fieldbook.core.Met
import vn.sodiaban.fieldbook.core.PlaceEvidence
import vn.sodiaban.fieldbook.core.ReportNumber
import vn.sodiaban.fieldbook.core.TopicMark
import vn.sodiaban.fieldbook.core.UnitLevel
import vn.sodiaban.fieldbook.core.Urgency
import vn.sodiaban.fieldbook.ui.Tone

@StringRes
fun Met.word(): Int = when (this) {
    Met.HEAD -> R.string.met_head
    Met.SECRETARY -> R.string.met_secretary
    Met.FRONT -> R.string.met_front
    Met.ASSOCIATIONS -> R.string.met_associations
    Met.RESIDENTS -> R.string.met_residents
    Met.SECURITY -> R.string.met_security
    Met.UNKNOWN -> R.string.state_unknown
}

@StringRes
fun TopicMark.word(): Int = when (this) {
    TopicMark.DONE -> R.string.topic_done
    TopicMark.NOT_DONE -> R.string.topic_not_done
    TopicMark.NOT_KNOWN -> R.string.topic_not_known
    TopicMark.UNKNOWN -> R.string.state_unknown
}

/** How well the place of a visit is known. */
@StringRes
fun PlaceEvidence.word(): Int = when (this) {
    PlaceEvidence.GPS_INSIDE -> R.string.evidence_inside
    PlaceEvidence.GPS_NEAR -> R.string.evidence_near
    PlaceEvidence.GPS_OUTSIDE -> R.string.evidence_outside
    PlaceEvidence.GPS_UNKNOWN -> R.string.evidence_unknown
    PlaceEvidence.QR -> R.string.evidence_qr
    PlaceEvidence.NO_EVIDENCE -> R.string.evidence_none
    PlaceEvidence.UNKNOWN -> R.string.state_unknown
}

fun PlaceEvidence.tone(): Tone = when (this) {
    PlaceEvidence.GPS_INSIDE, PlaceEvidence.QR -> Tone.GOOD
    PlaceEvidence.GPS_NEAR, PlaceEvidence.GPS_UNKNOWN -> Tone.SOON
    PlaceEvidence.GPS_OUTSIDE -> Tone.LATE
    PlaceEvidence.NO_EVIDENCE, PlaceEvidence.UNKNOWN -> Tone.CALM
}

@StringRes
fun Urgency.word(): Int = when (this) {
    Urgency.NORMAL -> R.string.urgency_normal
    Urgency.URGENT -> R.string.urgency_urgent
    Urgency.COMPLEX -> R.string.urgency_complex
    Urgency.UNKNOWN -> R.string.state_unknown
}

@StringRes
fun Handling.word(): Int = when (this) {
    Handling.ON_THE_SPOT -> R.string.handling_on_the_spot
    Handling.PROPOSED -> R.string.handling_proposed
    Handling.UNKNOWN -> R.string.state_unknown
}

@StringRes
fun UnitLevel.word(): Int = when (this) {
    UnitLevel.PROVINCE -> R.string.level_province
    UnitLevel.DISTRICT -> R.string.level_district
    UnitLevel.COMMUNE -> R.string.level_commune
    UnitLevel.HAMLET -> R.string.level_hamlet
    UnitLevel.UNKNOWN -> R.string.state_unknown
}

@StringRes
fun ReportNumber.word(): Int = when (this) {
    ReportNumber.VISITS -> R.string.number_visits
    ReportNumber.PROBLEMS_NEW -> R.string.number_problems_new
    ReportNumber.PROBLEMS_DONE -> R.string.number_problems_done
    ReportNumber.PETITIONS_NEW -> R.string.number_petitions_new
    ReportNumber.PETITIONS_DONE -> R.string.number_petitions_done
    ReportNumber.OPEN -> R.string.number_open
    ReportNumber.FOLLOW_UPS_DONE -> R.string.number_follow_ups_done
    ReportNumber.UNKNOWN -> R.string.state_unknown
}
