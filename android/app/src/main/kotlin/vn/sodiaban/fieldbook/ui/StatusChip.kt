package vn.sodiaban.fieldbook.ui

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.unit.dp

/** How a status feels. Each has a shape of its own, so that no meaning hangs on a colour. */
enum class Tone(internal val ink: Color, internal val paper: Color) {
    /** Nothing to do: a ring. */
    CALM(Color(0xFF37413F), Color(0xFFEEF2F1)),

    /** Done: a tick. */
    GOOD(Color(0xFF0B4F2A), Color(0xFFDDF2E3)),

    /** Soon: a half-filled ring. */
    SOON(Color(0xFF4A3A00), Color(0xFFFFF0C2)),

    /** Late, or to be put right: a triangle. */
    LATE(Color(0xFF6B2B00), Color(0xFFFFE3CC)),

    /** Something may be lost: a square with a stroke. The only red there is. */
    DANGER(Color(0xFF7F150D), Color(0xFFFCE4E1)),
}

/** A status: a word, a shape, and a colour, in this order of importance. */
@Composable
fun StatusChip(word: String, tone: Tone, modifier: Modifier = Modifier) {
    Surface(modifier, shape = MaterialTheme.shapes.small, color = tone.paper, contentColor = tone.ink) {
        Row(Modifier.padding(horizontal = 10.dp, vertical = 4.dp), Arrangement.spacedBy(8.dp), Alignment.CenterVertically) {
            ToneMark(tone)
            Text(word, style = MaterialTheme.typography.labelMedium)
        }
    }
}
