package vn.sodiaban.fieldbook.enrol

import androidx.compose.runtime.Composable
import androidx.compose.ui.tooling.preview.Preview
import vn.sodiaban.fieldbook.core.EnrolmentLook
import vn.sodiaban.fieldbook.core.EnrolmentPost
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.Rejection
import vn.sodiaban.fieldbook.core.Trouble
import vn.sodiaban.fieldbook.ui.FieldbookTheme

/** The main states, for previews and for the kept pictures. All persons are invented. */
internal object EnrolSamples {
    private val look = EnrolmentLook(
        organisation = "Xã An Qui",
        person = "Trần Thị Mai",
        posts = listOf(EnrolmentPost("đảng ủy viên phụ trách", "Xã An Qui")),
        officePhone = "0275 3800 123",
    )
    val code = EnrolState()
    val wrongCode = EnrolState(problem = FieldbookException.Rejected(Rejection.BadCode))
    val confirm = EnrolState(EnrolStep.CONFIRM, look)
    val pin = EnrolState(EnrolStep.PIN, look)
    val filling = EnrolState(EnrolStep.FILLING, look, filling = Filling(left = 1200, secondsLeft = 150))
    val usable = EnrolState(EnrolStep.FILLING, look, filling = Filling(left = 800, secondsLeft = 100, isUsable = true))
    val complete = EnrolState(EnrolStep.FILLING, look, filling = Filling(left = 0, isUsable = true, isComplete = true))
    val noNetwork = EnrolState(EnrolStep.FILLING, look, filling = Filling(trouble = Trouble.OFFLINE))
}

@Composable
internal fun EnrolSample(state: EnrolState) = EnrolContent(state, {}, {}, {}, {}, {}, {}, {}, {})

@Preview
@Composable
private fun CodePreview() = FieldbookTheme { EnrolSample(EnrolSamples.code) }

@Preview
@Composable
private fun ConfirmPreview() = FieldbookTheme { EnrolSample(EnrolSamples.confirm) }

@Preview
@Composable
private fun PinPreview() = FieldbookTheme { EnrolSample(EnrolSamples.pin) }

@Preview
@Composable
private fun FillingPreview() = FieldbookTheme { EnrolSample(EnrolSamples.filling) }
