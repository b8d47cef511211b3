package vn.sodiaban.fieldbook.me

import androidx.compose.runtime.Composable
import androidx.compose.ui.tooling.preview.Preview
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.MyPost
import vn.sodiaban.fieldbook.core.PostRole
import vn.sodiaban.fieldbook.core.Standing
import vn.sodiaban.fieldbook.core.Status
import vn.sodiaban.fieldbook.today.TodaySamples
import vn.sodiaban.fieldbook.ui.FieldbookTheme
import vn.sodiaban.fieldbook.ui.Reading

/** The main states, for previews and for the kept pictures. All persons are invented. */
internal object MeSamples {
    private val status = Status(
        standing = Standing.READY,
        person = "Lê Văn Bảy",
        organisation = "Xã An Qui",
        label = "BK",
        posts = listOf(
            MyPost("1", "trưởng ấp", "Ấp An Định", "h1", PostRole.HEAD),
            MyPost("2", "bí thư chi bộ", "Ấp An Định", "h1", PostRole.SECRETARY),
        ),
        traffic = TodaySamples.traffic,
        practice = false,
        officePhone = "0275 3800 123",
        version = "0.1.0",
    )
    val loading = MeState(chosen = Chosen(TextSize.USUAL, hasPin = true))
    val usual = MeState(Reading.Ready(status), Chosen(TextSize.USUAL))
    val practice = MeState(Reading.Ready(status.copy(practice = true)), Chosen(TextSize.LARGE, hasPin = true))
    val signOut = usual.copy(drafts = 2)
    val signOutOffline = signOut.copy(problem = FieldbookException.Offline())
}

@Composable
internal fun MeSample(state: MeState, language: Language? = Language.PHONE) = MeContent(state, language, {}, {}, {}, {}, {}, {})

@Composable
internal fun SignOutSample(state: MeState) = SignOutPage(state, {}, {})

@Composable
internal fun SetPinSample() = SetPinPage({}, {})

@Preview
@Composable
private fun UsualPreview() = FieldbookTheme { MeSample(MeSamples.usual) }

@Preview
@Composable
private fun SignOutPreview() = FieldbookTheme { SignOutSample(MeSamples.signOut) }
